import type { Card, ChatMessage, Fact } from '@casebell/im/bots';
import type { Locale, LocalizedText } from '../../shared/locale';
import { commandText } from '../domain/command';
import type { MessageContext } from '../domain/context';
import { attachmentNames, type Draft, FIELD_NAMES, type FieldName, withMessageFiles } from '../domain/draft';
import { UserInputError } from '../domain/errors';
import { LABELS, LANGUAGE_NAMES, optionName } from '../domain/labels';
import { splitBody } from '../filing/split-body';
import { countBlanks } from './draft-body';
import { problemCard } from './form';
import { type ReviewedDraft, reviewDraft } from './review';

/** The draft of this person in this conversation. Throws UserInputError where there is none, or where a button belongs to an older one. */
export async function loadDraft(message: ChatMessage, { bot, store }: MessageContext, reference = ''): Promise<Draft> {
  const draft = await store.getDraft(bot.name, message);
  if (!draft) throw new UserInputError(NO_DRAFT);
  if (!reference || reference.toUpperCase() === draft.reference) return draft;
  throw new UserInputError(OUTDATED);
}

/** Saves a draft and reviews it. Returns the form for what is missing or wrong, else the card with the submit button. */
export async function advanceDraft(changed: Draft, message: ChatMessage, ctx: MessageContext): Promise<Card> {
  const { bot, store } = ctx;
  const draft = withMessageFiles(changed, message);
  await store.saveDraft(bot.name, message, draft);
  const reviewed = await reviewDraft(draft.values, ctx);
  const updated = { ...draft, values: reviewed.values };
  await store.saveDraft(bot.name, message, updated);
  if (reviewed.problems.length > 0) return problemCard(updated, reviewed.problems, ctx.locale);
  return reviewCard(updated, reviewed, ctx);
}

/** Shows the case exactly as it will be sent. */
function reviewCard(draft: Draft, { values, names }: ReviewedDraft, { locale, accounts }: MessageContext): Card {
  const { t } = locale;
  const shown = FIELD_NAMES.filter((name) => name !== 'account' || accounts.all.length > 1);
  const files = attachmentNames(draft).map((value) => ({ label: t(FILE), value }));
  const parts = splitBody(values.body ?? '', '').length;
  const notes = [parts > 1 ? sentInParts(parts) : ADVICE, ...(draft.byModel ? [draftedByModel(draft)] : [])];
  const button = (label: LocalizedText, command: 'submit' | 'edit' | 'discard') => ({
    label: t(label),
    command: commandText(command, locale, draft.reference),
  });
  return {
    title: t(TITLE),
    severity: 'info',
    text: notes.map((note) => t(note)).join('\n'),
    facts: [...shown.flatMap((name) => factOf(name, values[name], names, locale) ?? []), ...files],
    quote: values.body,
    buttons: [button(SUBMIT, 'submit'), button(EDIT, 'edit'), button(DISCARD, 'discard')],
  };
}

function factOf(
  field: FieldName,
  value: string | undefined,
  names: ReviewedDraft['names'],
  locale: Locale,
): Fact | undefined {
  if (!value || field === 'body') return undefined;
  const shown: Partial<Record<FieldName, string | undefined>> = {
    serviceCode: names.service && `${names.service} (${value})`,
    categoryCode: names.category && `${names.category} (${value})`,
    language: LANGUAGE_NAMES[value],
  };
  return { label: locale.t(LABELS[field]), value: shown[field] ?? optionName(field, value, locale) ?? value };
}

const NO_DRAFT: LocalizedText = {
  en: 'You have no draft of a case here. Start one with `open SUBJECT`.',
  'zh-CN': '您在这里没有待提交的工单，请先发送“开工单 题目”。',
};
const OUTDATED: LocalizedText = {
  en: 'This card is out of date: you have started another case since. Use the latest card.',
  'zh-CN': '这张卡片已过期：您之后又开始了新的工单，请使用最新的卡片。',
};
const TITLE: LocalizedText = { en: 'Check, then submit', 'zh-CN': '请核对后提交' };
const ADVICE: LocalizedText = {
  en: 'AWS Support will receive this text, with your name below it.',
  'zh-CN': '以下内容将提交给 AWS 支持，并附上您的姓名。',
};
const sentInParts = (parts: number): LocalizedText => ({
  en: `AWS accepts 8,000 characters at once: the description is sent as the case and ${parts - 1} replies to it.`,
  'zh-CN': `AWS 一次最多接收 8000 个字符，描述会拆成工单正文和 ${parts - 1} 条后续回复。`,
});
const FILE: LocalizedText = { en: 'File', 'zh-CN': '附件' };
/** A model makes mistakes, so the card asks the person to check. */
function draftedByModel({ values: { body = '' } }: Draft): LocalizedText {
  const blanks = countBlanks(body);
  const left = blanks === 1 ? 'One line is' : `${blanks} lines are`;
  const en = blanks ? ` ${left} left to you: press Edit.` : '';
  const zh = blanks ? `还有 ${blanks} 处待补充，请点“修改”填写。` : '';
  return { en: `Drafted by a model: check every line.${en}`, 'zh-CN': `由 AI 起草，请逐项核对。${zh}` };
}
const SUBMIT: LocalizedText = { en: 'Submit', 'zh-CN': '提交' };
const EDIT: LocalizedText = { en: 'Edit', 'zh-CN': '修改' };
const DISCARD: LocalizedText = { en: 'Discard', 'zh-CN': '放弃' };
