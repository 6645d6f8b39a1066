import type { Card, ChatMessage, Fact } from '@casebell/im/bots';
import type { Locale, LocalizedText } from '../../shared/locale';
import { COMMAND_NAMES, commandText } from '../domain/command';
import type { MessageContext } from '../domain/context';
import { type Draft, FIELD_NAMES, type FieldName } from '../domain/draft';
import { UserInputError } from '../domain/errors';
import { ISSUE_TYPE_NAMES, LABELS, LANGUAGE_NAMES, SEVERITY_NAMES } from '../domain/labels';
import { attachmentNames, withMessageFiles } from '../filing/attachments';
import { splitBody } from '../filing/split-body';
import { countBlanks } from './draft-body';
import { problemCard } from './form';
import { type ReviewedDraft, reviewDraft } from './review';
/** Remembers a draft, and asks for what it still lacks; when it lacks nothing, shows what will be filed. */
export async function advanceDraft(given: Draft, message: ChatMessage, ctx: MessageContext): Promise<Card> {
  const draft = withMessageFiles(given, message);
  const { bot, store } = ctx;
  await store.saveDraft(bot.name, message, draft);
  const reviewed = await reviewDraft(draft.values, ctx);
  const judged = { ...draft, values: reviewed.values };
  await store.saveDraft(bot.name, message, judged);
  if (reviewed.problems.length > 0) return problemCard(judged, reviewed.problems, ctx.locale);
  return reviewCard(judged, reviewed, ctx);
}

/** The draft that this person has begun here. Throws Misunderstanding when there is none, or when a button is of an earlier one. */
export async function loadDraft(message: ChatMessage, { bot, store }: MessageContext, reference = ''): Promise<Draft> {
  const draft = await store.getDraft(bot.name, message);
  if (!draft)
    throw new UserInputError({
      en: 'You have no case to be filed here. Begin one with `open SUBJECT`.',
      'zh-CN': '您在这里没有待提交的工单，请先发送“开工单 题目”。',
    });
  if (!reference || reference.toUpperCase() === draft.reference) return draft;
  throw new UserInputError({
    en: 'This card is out of date: you have begun another case since. Use the latest card.',
    'zh-CN': '这张卡片已过期：您之后又开始了新的工单，请使用最新的卡片。',
  });
}

/** What will be filed, word for word; one press files it. */
export function reviewCard(draft: Draft, { values, names }: ReviewedDraft, { locale, accounts }: MessageContext): Card {
  const { reference } = draft;
  const shown = FIELD_NAMES.filter((name) => name !== 'account' || accounts.all.length > 1);
  const files = attachmentNames(draft).map((value) => ({ label: locale.t(ENCLOSED), value }));
  const facts = [...shown.flatMap((name) => factOf(name, values[name], names, locale) ?? []), ...files];
  const parts = splitBody(values.body ?? '', '').length;
  const button = (label: LocalizedText, spoken: Parameters<typeof commandText>[0]) => ({
    label: locale.t(label),
    command: commandText(spoken, locale.language, reference),
  });
  return {
    title: locale.t(TITLE),
    severity: 'info',
    text: [locale.t(parts > 1 ? tooLong(parts) : ADVICE), ...(draft.byModel ? [locale.t(byModel(draft))] : [])].join(
      '\n',
    ),
    facts,
    quote: values.body,
    buttons: [
      button(FILE, COMMAND_NAMES.file),
      button(EDIT, COMMAND_NAMES.edit),
      button(DISCARD, COMMAND_NAMES.discard),
    ],
  };
}

function factOf(
  name: FieldName,
  value: string | undefined,
  names: ReviewedDraft['names'],
  locale: Locale,
): Fact | undefined {
  if (!value || name === 'body') return undefined;
  const words: Partial<Record<FieldName, string | undefined>> = {
    serviceCode: names.service && `${names.service} (${value})`,
    categoryCode: names.category && `${names.category} (${value})`,
    severityCode: SEVERITY_NAMES[value] && locale.t(SEVERITY_NAMES[value]),
    issueType: ISSUE_TYPE_NAMES[value] && locale.t(ISSUE_TYPE_NAMES[value]),
    language: LANGUAGE_NAMES[value],
  };
  return { label: locale.t(LABELS[name]), value: words[name] ?? value };
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
