import type { Card, Fact } from '@casebell/im/bots';
import type { Locale, LocalizedText } from '../../shared/locale';
import { type Draft, FIELD_NAMES, type FieldName } from '../draft';
import { countBlanks } from '../drafts/draft-body';
import type { Office } from '../office';
import { SPOKEN, typed } from '../spoken';
import { bodiesOf } from './bodies';
import { namesIn } from './enclosures';
import { ISSUE_TYPE_NAMES, LABELS, LANGUAGE_NAMES, SEVERITY_NAMES } from './labels';
import type { Reviewed } from './review';

/** What will be filed, word for word; one press files it. */
export function reviewCard(draft: Draft, { values, names }: Reviewed, { say, accounts }: Office): Card {
  const { reference } = draft;
  const shown = FIELD_NAMES.filter((name) => name !== 'account' || accounts.all.length > 1);
  const files = namesIn(draft).map((value) => ({ label: say.t(ENCLOSED), value }));
  const facts = [...shown.flatMap((name) => factOf(name, values[name], names, say) ?? []), ...files];
  const parts = bodiesOf(values.body ?? '', '').length;
  const button = (label: LocalizedText, spoken: Parameters<typeof typed>[0]) => ({
    label: say.t(label),
    command: typed(spoken, say.language, reference),
  });
  return {
    title: say.t(TITLE),
    severity: 'info',
    text: [say.t(parts > 1 ? tooLong(parts) : ADVICE), ...(draft.byModel ? [say.t(byModel(draft))] : [])].join('\n'),
    facts,
    quote: values.body,
    buttons: [button(FILE, SPOKEN.file), button(EDIT, SPOKEN.edit), button(DISCARD, SPOKEN.discard)],
  };
}

function factOf(name: FieldName, value: string | undefined, names: Reviewed['names'], say: Locale): Fact | undefined {
  if (!value || name === 'body') return undefined;
  const words: Partial<Record<FieldName, string | undefined>> = {
    serviceCode: names.service && `${names.service} (${value})`,
    categoryCode: names.category && `${names.category} (${value})`,
    severityCode: SEVERITY_NAMES[value] && say.t(SEVERITY_NAMES[value]),
    issueType: ISSUE_TYPE_NAMES[value] && say.t(ISSUE_TYPE_NAMES[value]),
    language: LANGUAGE_NAMES[value],
  };
  return { label: say.t(LABELS[name]), value: words[name] ?? value };
}

const TITLE: LocalizedText = { en: 'Check, then submit', 'zh-CN': '请核对后提交' };
const ADVICE: LocalizedText = {
  en: 'This is what AWS Support will get, with your name below it.',
  'zh-CN': '以下内容将提交给 AWS 支持，并附上您的姓名。',
};
const tooLong = (parts: number): LocalizedText => ({
  en: `AWS takes 8,000 characters at once: the description goes out as the case and ${parts - 1} replies to it.`,
  'zh-CN': `AWS 一次最多接收 8000 个字符，描述会拆成工单正文和 ${parts - 1} 条后续回复。`,
});
const ENCLOSED: LocalizedText = { en: 'File', 'zh-CN': '附件' };
/** A draft may be wrong, and says so above the button that files it. */
function byModel({ values: { body = '' } }: Draft): LocalizedText {
  const blanks = countBlanks(body);
  const left = blanks === 1 ? 'One line is' : `${blanks} lines are`;
  const en = blanks ? ` ${left} left to you: press Edit.` : '';
  const zh = blanks ? `还有 ${blanks} 处待补充，请点“修改”填写。` : '';
  return { en: `Drafted by a model: check every line.${en}`, 'zh-CN': `由 AI 起草，请逐项核对。${zh}` };
}
const FILE: LocalizedText = { en: 'Submit', 'zh-CN': '提交' };
const EDIT: LocalizedText = { en: 'Edit', 'zh-CN': '修改' };
const DISCARD: LocalizedText = { en: 'Discard', 'zh-CN': '放弃' };
