import type { Card, ChatMessage } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { isResolved } from '../domain/case-card';
import { conversationKey } from '../domain/case-store';
import type { MessageContext } from '../domain/context';
import { RetryLaterError } from '../domain/errors';
import type { FoundCase } from '../domain/find-case';
import { type StoredFile, SupportError } from '../domain/support-client';
import { formatFooter, messageMark, withSenderName } from './footer';
import { splitBody } from './split-body';

/** Clocks differ. */
export const CLOCK_TOLERANCE_MS = 600_000;

/** Adds a text to the case, once for each message. A reply reopens a resolved case. */
export async function sendReply(
  { supportClient, supportCase, account }: FoundCase,
  text: string,
  message: ChatMessage,
  ctx: MessageContext,
  files: readonly StoredFile[] = [],
): Promise<Card> {
  const { store, bot, locale, isRetry } = ctx;
  const { caseId, displayId } = supportCase;
  const mark = messageMark(bot.name, message.id);
  await store.saveOrigin(mark, `${bot.name}/${conversationKey(message.conversation)}`);
  const bodies = splitBody(text, formatFooter(await withSenderName(message, ctx), mark));
  const sent = isRetry ? await supportClient.listCommunications(caseId, message.sentAt - CLOCK_TOLERANCE_MS) : [];
  for (const [index, body] of bodies.entries()) {
    const ending = body.slice(body.lastIndexOf(mark));
    if (sent.some((communication) => communication.body.trim().endsWith(ending))) continue;
    await supportClient
      .addCommunication(caseId, body, index === 0 ? files : [])
      .catch((error) => retryIfUnknown(error, index));
  }
  if (isResolved(supportCase)) await markReopened(account, displayId, ctx);
  const notes = [
    ...(isResolved(supportCase) ? [REOPENED] : []),
    ...(bodies.length > 1 ? [sentInParts(bodies.length)] : []),
  ];
  return {
    title: locale.t({ en: `Sent to case ${displayId}`, 'zh-CN': `已回复到工单 ${displayId}` }),
    severity: 'info',
    text: notes.map((note) => locale.t(note)).join('\n'),
  };
}

/** The response says that the case is reopened, so AWS's event about it is not delivered again. */
async function markReopened(account: string, displayId: string, { store }: MessageContext): Promise<void> {
  const subscription = await store.getSubscription(account, displayId);
  if (subscription) await store.saveSubscription({ ...subscription, status: 'reopened' });
}

/** A retry looks first which parts have arrived, and sends the others. */
function retryIfUnknown(error: unknown, index: number): never {
  if (error instanceof SupportError && (error.isOutcomeUnknown || index > 0))
    throw new RetryLaterError(`AddCommunicationToCase: ${error}`, NO_RESPONSE);
  throw error;
}

const REOPENED: LocalizedText = {
  en: 'The case was resolved; your reply has reopened it.',
  'zh-CN': '工单此前已解决，您的回复已将其重新打开。',
};
const sentInParts = (count: number): LocalizedText => ({
  en: `AWS accepts 8,000 characters at once, so the text was sent in ${count} parts.`,
  'zh-CN': `AWS 一次最多接收 8000 个字符，内容已分 ${count} 条发送。`,
});
const NO_RESPONSE: LocalizedText = {
  en: 'AWS Support has not responded. I will check whether your reply has arrived before I send it again; you need not do anything.',
  'zh-CN': 'AWS 支持暂未响应。我会先确认回复是否已送达再重发，您无需操作。',
};
