import type { Card, ChatMessage } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { newCaseCard } from '../domain/case-card';
import { type CaseRecord, conversationKey, type Versioned } from '../domain/case-store';
import { COMMAND_NAMES, type Command } from '../domain/command';
import type { MessageContext } from '../domain/context';
import { loadDraft } from '../drafts/advance-draft';
import { problemCard } from '../drafts/form';
import { type ReviewedDraft, reviewDraft } from '../drafts/review';
import { attachDraftFiles } from '../filing/attachments';
import { createCase } from '../filing/create-case';
import { formatFooter, withSenderName } from '../filing/footer';
import { splitBody } from '../filing/split-body';

/** The one press that files a case; pressed again, or delivered again, it goes on where it was, and files none twice. */
export const submit: Command = {
  names: COMMAND_NAMES.file,
  changes: true,
  async run({ text }, message, ctx) {
    const begun = await begunBy(message, text || (await loadDraft(message, ctx)).reference, ctx);
    if (begun && isUnderWay(begun)) return finish(begun, message, ctx);
    const draft = await loadDraft(message, ctx, text);
    const reviewed = await reviewDraft(draft.values, ctx);
    if (reviewed.problems.length > 0) return problemCard(draft, reviewed.problems, ctx.locale);
    const wanted = recordOf(draft.reference, reviewed, await withSenderName(message, ctx), ctx);
    const { store } = ctx;
    const record = begun ? store.saveRecord({ ...wanted, version: begun.version }) : store.createRecord(wanted);
    return finish(await record, message, ctx);
  },
};

async function begunBy({ sender }: ChatMessage, reference: string, { bot, store }: MessageContext) {
  const begun = await store.getRecord(reference.toUpperCase());
  return begun?.bot === bot.name && begun.opener.id === sender.id ? begun : undefined;
}

/** What AWS has surely refused is not: it may have been corrected since, and is filed as it stands in the draft now. */
const isUnderWay = ({ caseId, attemptedAt }: CaseRecord): boolean => caseId !== undefined || attemptedAt !== undefined;

function recordOf(
  reference: string,
  { values, account }: ReviewedDraft,
  message: ChatMessage,
  { bot, now }: MessageContext,
): CaseRecord {
  const [body = '', ...overflow] = splitBody(values.body ?? '', formatFooter(message, reference));
  const { replyUrl: _, ...requestedIn } = message.conversation;
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
    requestedIn,
    createdAt: now(),
    overflowSent: 0,
  };
}

async function finish(
  begun: Versioned<CaseRecord>,
  message: ChatMessage,
  ctx: MessageContext,
): Promise<Card | undefined> {
  const record = await createCase(begun, ctx);
  const draft = await ctx.store.getDraft(ctx.bot.name, message);
  if (draft?.reference !== record.reference) return answer(record, ctx);
  const attached = await attachDraftFiles(draft, record, ctx);
  await ctx.store.deleteDraft(ctx.bot.name, message);
  return withFiles(answer(record, ctx), attached, record, ctx);
}

/** What there is to say about the files that came with the draft. */
function withFiles(
  card: Card | undefined,
  attached: readonly Pick<Card, 'text' | 'quote'>[],
  { displayId, request }: CaseRecord,
  { locale }: MessageContext,
): Card | undefined {
  if (attached.length === 0) return card;
  const title = locale.t(filed(displayId, request.subject));
  const text = [card?.text, ...attached.map((one) => one.text)].filter(Boolean).join('\n');
  const quote = attached.flatMap((one) => one.quote ?? []).join('\n');
  return { title, severity: 'info', ...card, text, ...(quote && { quote }) };
}

/** In a thread the case's card has just been said; a group is elsewhere, so here is said where. */
function answer(record: CaseRecord, ctx: MessageContext): Card | undefined {
  const { conversation, requestedIn, displayId } = record;
  if (conversation?.thread && conversation.id === requestedIn.id) return undefined;
  const card = {
    ...newCaseCard(record, ctx, false),
    severity: 'resolved',
    title: ctx.locale.t(filed(displayId, record.request.subject)),
  } as const;
  if (conversation && conversationKey(conversation) !== conversationKey(requestedIn))
    return { ...card, text: ctx.locale.t(ELSEWHERE) };
  return ctx.app.createThread ? { ...card, text: `${ctx.locale.t(NO_PLACE)}\n${card.text}` } : card;
}

const filed = (displayId = '', subject = ''): LocalizedText => ({
  en: `Case ${displayId} is filed · ${subject}`,
  'zh-CN': `工单 ${displayId} 已创建 · ${subject}`,
});
const ELSEWHERE: LocalizedText = {
  en: 'It lives in a group of its own, and you are in it: what is written or shared there goes to AWS Support, and what AWS answers comes there.',
  'zh-CN': '已为它创建专属群并拉您入群，在群里发送的文字和文件都会回复到工单，AWS 的回复也会发到群里。',
};
const NO_PLACE: LocalizedText = {
  en: 'No group could be opened for it; an administrator finds the reason in the log of the case bot.',
  'zh-CN': '未能为它创建专属群，管理员可在工单机器人的日志中查看原因。',
};
