import type { Card, ChatMessage } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { newCaseCard } from '../domain/case-card';
import { type CaseRecord, conversationKey, type Versioned } from '../domain/case-store';
import { COMMAND_NAMES, type Command } from '../domain/command';
import type { MessageContext } from '../domain/context';
import { withoutReplyUrl } from '../domain/draft';
import { loadDraft } from '../drafts/advance-draft';
import { problemCard } from '../drafts/form';
import { type ReviewedDraft, reviewDraft } from '../drafts/review';
import { type AttachmentNote, attachDraftFiles } from '../filing/attachments';
import { createCase } from '../filing/create-case';
import { formatFooter, withSenderName } from '../filing/footer';
import { splitBody } from '../filing/split-body';

/** Creates the case of a draft. Pressed or delivered again, it continues where it was and creates no second case. */
export const submit: Command = {
  names: COMMAND_NAMES.submit,
  changes: true,
  async run({ text }, message, ctx) {
    const submitted = await findRecord(message, text || (await loadDraft(message, ctx)).reference, ctx);
    if (submitted && mayExist(submitted)) return complete(submitted, message, ctx);
    const draft = await loadDraft(message, ctx, text);
    const reviewed = await reviewDraft(draft.values, ctx);
    if (reviewed.problems.length > 0) return problemCard(draft, reviewed.problems, ctx.locale);
    const record = recordOf(draft.reference, reviewed, await withSenderName(message, ctx), ctx);
    const { store } = ctx;
    const stored = submitted
      ? await store.saveRecord({ ...record, version: submitted.version })
      : await store.createRecord(record);
    return complete(stored, message, ctx);
  },
};

async function findRecord({ sender }: ChatMessage, reference: string, { bot, store }: MessageContext) {
  const record = await store.getRecord(reference.toUpperCase());
  return record?.bot === bot.name && record.opener.id === sender.id ? record : undefined;
}

/** A record that AWS has rejected is replaced: the person may have corrected the draft since. */
const mayExist = ({ caseId, attemptedAt }: CaseRecord): boolean => caseId !== undefined || attemptedAt !== undefined;

function recordOf(
  reference: string,
  { values, account }: ReviewedDraft,
  message: ChatMessage,
  { bot, now }: MessageContext,
): CaseRecord {
  const [body = '', ...overflow] = splitBody(values.body ?? '', formatFooter(message, reference));
  return {
    reference,
    bot: bot.name,
    account,
    request: {
      subject: values.subject ?? '',
      body,
      serviceCode: values.serviceCode ?? '',
      categoryCode: values.categoryCode ?? '',
      severityCode: values.severityCode ?? '',
      issueType: values.issueType ?? 'technical',
      ...(values.language && { language: values.language }),
      cc: (values.cc ?? '').split(', ').filter(Boolean),
    },
    overflow,
    opener: message.sender,
    requestedIn: withoutReplyUrl(message).conversation,
    createdAt: now(),
    overflowSent: 0,
  };
}

async function complete(
  submitted: Versioned<CaseRecord>,
  message: ChatMessage,
  ctx: MessageContext,
): Promise<Card | undefined> {
  const record = await createCase(submitted, ctx);
  const draft = await ctx.store.getDraft(ctx.bot.name, message);
  if (draft?.reference !== record.reference) return responseFor(record, ctx);
  const notes = await attachDraftFiles(draft, record, ctx);
  await ctx.store.deleteDraft(ctx.bot.name, message);
  return withNotes(responseFor(record, ctx), notes, record, ctx);
}

function withNotes(
  card: Card | undefined,
  notes: readonly AttachmentNote[],
  { displayId, request }: CaseRecord,
  { locale }: MessageContext,
): Card | undefined {
  if (notes.length === 0) return card;
  const title = locale.t(created(displayId, request.subject));
  const text = [card?.text, ...notes.map((note) => note.text)].filter(Boolean).join('\n');
  const quote = notes.flatMap((note) => note.quote ?? []).join('\n');
  return { title, severity: 'info', ...card, text, ...(quote && { quote }) };
}

/** Undefined for a case in a thread of this conversation: its card was posted here. Otherwise the card says where the case is discussed. */
function responseFor(record: CaseRecord, ctx: MessageContext): Card | undefined {
  const { conversation, requestedIn, displayId, request } = record;
  const { t } = ctx.locale;
  if (conversation?.thread && conversation.id === requestedIn.id) return undefined;
  const title = t(created(displayId, request.subject));
  const card = { ...newCaseCard(record, ctx, false), severity: 'resolved', title } as const;
  if (conversation && conversationKey(conversation) !== conversationKey(requestedIn))
    return { ...card, text: t(IN_ITS_GROUP) };
  return ctx.app.createThread ? { ...card, text: `${t(NO_GROUP)}\n${card.text}` } : card;
}

const created = (displayId = '', subject = ''): LocalizedText => ({
  en: `Case ${displayId} is created · ${subject}`,
  'zh-CN': `工单 ${displayId} 已创建 · ${subject}`,
});
const IN_ITS_GROUP: LocalizedText = {
  en: 'You are in a new group for this case: what is written or shared there goes to AWS Support, and the replies of AWS come there.',
  'zh-CN': '已为它创建专属群并拉您入群，在群里发送的文字和文件都会回复到工单，AWS 的回复也会发到群里。',
};
const NO_GROUP: LocalizedText = {
  en: 'No group could be created for it; an administrator finds the reason in the log of the case bot.',
  'zh-CN': '未能为它创建专属群，管理员可在工单机器人的日志中查看原因。',
};
