import { type DraftValues, FIELD_NAMES, type FieldName } from '../domain/draft';
import { HINTS } from '../domain/labels';
import { halfWidth } from '../domain/text';

/** What people call the fields of a case, beside their names; compared in lower case. */
const ALIASES: Readonly<Record<FieldName, readonly string[]>> = {
  account: ['账号', '账户', '帐号'],
  subject: ['题目', '主题', '标题', 'title'],
  body: ['内容', '描述', '正文', '问题描述', 'description'],
  issueType: ['类型', '问题类型', 'issue type', 'type'],
  serviceCode: ['服务', 'service', 'service code'],
  categoryCode: ['类别', '分类', 'category', 'category code'],
  severityCode: ['严重级别', '级别', '严重程度', 'severity', 'severity code'],
  language: ['语言', 'lang'],
  cc: ['抄送', 'cc emails', 'ccemailaddresses'],
};

const NAMES = new Map<string, FieldName>(
  FIELD_NAMES.flatMap((name) => [name.toLowerCase(), ...ALIASES[name]].map((alias) => [alias, name] as const)),
);

/** A name and a colon at the beginning of a line; only the first colon counts, so that text with colons stays whole. */
const LINE = /^\s*([^\s:][^:]{0,24}?)\s*:[^\S\n]*/;

/**
 * The `name: value` lines of a text, as `提工单` wants them; full-width colons are forgiven. A line without a known name goes on with the
 * value above it; what stands above the first one is the text.
 */
export function parseFields(text: string): { text: string; fields: Partial<Record<FieldName, string>> } {
  const fields: Partial<Record<FieldName, string>> = {};
  const loose: string[] = [];
  let current: FieldName | undefined;
  for (const line of text.split('\n')) {
    const [whole = '', name = ''] = LINE.exec(halfWidth(line)) ?? [];
    const known = NAMES.get(name.toLowerCase());
    if (known) {
      current = known;
      fields[known] = line.slice(whole.length);
    } else if (current) fields[current] = `${fields[current]}\n${line}`;
    else loose.push(line);
  }
  const trimmed = Object.entries(fields).map(([name, value]) => [name, value.trim()]);
  return { text: loose.join('\n').trim(), fields: Object.fromEntries(trimmed) };
}

/** Whether a text is nothing but `name: value` lines: then it fills in what is open. */
export function hasOnlyFields(text: string): boolean {
  const read = parseFields(text);
  return read.text === '' && Object.keys(read.fields).length > 0;
}

/** What a person has entered: a copied text form still has its hints, and all there is to choose from, where nothing was. */
export function enteredValues(fields: Readonly<Record<string, string>>): DraftValues {
  const entered = Object.entries(fields).map(([name, value]) => [name, withoutHint(name, value)] as const);
  return Object.fromEntries(entered.filter(([, value]) => value !== ''));
}

/** A person's own words may well hold brackets and `a | b`. */
const PROSE = ['subject', 'body', 'cc'];

function withoutHint(name: string, value: string): string {
  if (!PROSE.includes(name)) return /^[(（].*[)）]$|\|/.test(value.trim()) ? '' : value.trim();
  const hint = Object.entries(HINTS).find(([field]) => field === name)?.[1];
  return value.replace(`(${hint?.en})`, '').replace(`(${hint?.['zh-CN']})`, '').trim();
}
