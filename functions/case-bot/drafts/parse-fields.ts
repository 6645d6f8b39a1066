import { type DraftValues, FIELD_NAMES, type FieldName } from '../domain/draft';
import { HINTS } from '../domain/labels';
import { halfWidth } from '../domain/text';

/** Other names of the fields; compared in lower case. */
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

/** A name and a colon at the beginning of a line. Further colons belong to the value. */
const LINE = /^\s*([^\s:][^:]{0,24}?)\s*:[^\S\n]*/;

/**
 * Parses the `name: value` lines of a text, also with full-width colons. A line without a known name continues the value above it; the
 * lines above the first name are the text.
 */
export function parseFields(text: string): { text: string; fields: Partial<Record<FieldName, string>> } {
  const fields: Partial<Record<FieldName, string>> = {};
  const unnamed: string[] = [];
  let current: FieldName | undefined;
  for (const line of text.split('\n')) {
    const [whole = '', name = ''] = LINE.exec(halfWidth(line)) ?? [];
    const known = NAMES.get(name.toLowerCase());
    if (known) {
      current = known;
      fields[known] = line.slice(whole.length);
    } else if (current) fields[current] = `${fields[current]}\n${line}`;
    else unnamed.push(line);
  }
  const trimmed = Object.entries(fields).map(([name, value]) => [name, value.trim()]);
  return { text: unnamed.join('\n').trim(), fields: Object.fromEntries(trimmed) };
}

/** Such a text fills the person's draft. */
export function hasOnlyFields(text: string): boolean {
  const parsed = parseFields(text);
  return parsed.text === '' && Object.keys(parsed.fields).length > 0;
}

/** The values that a person has entered. A copied text form still has hints and lists of options in the fields that were not filled. */
export function enteredValues(fields: Readonly<Record<string, string>>): DraftValues {
  const entered = Object.entries(fields).map(([name, value]) => [name, withoutHint(name, value)] as const);
  return Object.fromEntries(entered.filter(([, value]) => value !== ''));
}

/** In these fields, brackets and `a | b` can be part of the value. */
const FREE_TEXT = ['subject', 'body', 'cc'];

function withoutHint(name: string, value: string): string {
  if (!FREE_TEXT.includes(name)) return /^[(（].*[)）]$|\|/.test(value.trim()) ? '' : value.trim();
  const hint = Object.entries(HINTS).find(([field]) => field === name)?.[1];
  return value.replace(`(${hint?.en})`, '').replace(`(${hint?.['zh-CN']})`, '').trim();
}
