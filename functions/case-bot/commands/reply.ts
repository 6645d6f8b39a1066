import type { Card, ChatMessage } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { isResolved } from '../domain/case-card';
import { conversationKey } from '../domain/case-store';
import { COMMAND_NAMES, type Command, commandText } from '../domain/command';
import type { MessageContext } from '../domain/context';
import { RetryLaterError } from '../domain/errors';
import { type FoundCase, findReferencedCase, parseCaseId } from '../domain/find-case';
import { type StoredFile, SupportError } from '../domain/support-client';
import { formatFooter, messageMark, withSenderName } from '../filing/footer';
import { splitBody } from '../filing/split-body';

/** In ms: clocks differ. */
const SLACK = 600_000;

/** Writes to AWS Support: in a case's own conversation whatever is said, elsewhere by number. */
export const reply: Command = {
  names: COMMAND_NAMES.reply,
  usage: { en: 'NUMBER TEXT', 'zh-CN': '工单号 内容' },
  about: { en: 'write to AWS Support in a case', 'zh-CN': '把内容发给 AWS 支持工程师' },
  changes: true,
  async run({ verbatim, fields }, message, ctx) {
    const { id, rest } = parseCaseId(verbatim);
    const to = await findReferencedCase(id, message.conversation, ctx, EXAMPLE);
    const words = fields.text?.trim() || rest;
    return words ? sendReply(to, words, message, ctx) : ask(to, ctx);
  },
};

/** The same where a case lives: there everything that is no command is for AWS, and a number at its beginning is no case's. */
export const replyHere: Command = {
  ...reply,
  run: async ({ verbatim }, message, ctx) =>
    sendReply(await findReferencedCase(undefined, message.conversation, ctx, EXAMPLE), verbatim, message, ctx),
};

/** The case, and room for what is to be written. */
function ask({ supportCase: { displayId, subject } }: FoundCase, { locale }: MessageContext): Card {
  const text = { name: 'text', label: locale.t(TEXT), multiline: true, required: true };
  return {
    title: locale.t({ en: `Reply in case ${displayId}`, 'zh-CN': `回复工单 ${displayId}` }),
    severity: 'info',
    quote: subject,
    form: {
      command: commandText(COMMAND_NAMES.reply, locale.language, displayId),
      submit: locale.t(SEND),
      fields: [text],
    },
  };
}

/** Adds it to the case, once; a resolved case is reopened by it. */
export async function sendReply(
  { supportClient, supportCase, account }: FoundCase,
  text: string,
  message: ChatMessage,
  ctx: MessageContext,
  files: readonly StoredFile[] = [],
): Promise<Card> {
  const { store, bot, locale, isRetry } = ctx;
  const mark = messageMark(bot.name, message.id);
  await store.saveOrigin(mark, `${bot.name}/${conversationKey(message.conversation)}`);
  const bodies = splitBody(text, formatFooter(await withSenderName(message, ctx), mark));
  const had = isRetry ? await supportClient.listCommunications(supportCase.caseId, message.sentAt - SLACK) : [];
  for (const [index, body] of bodies.entries()) {
    if (had.some((communication) => communication.body.trim().endsWith(body.slice(body.lastIndexOf(mark))))) continue;
    await supportClient
      .addCommunication(supportCase.caseId, body, index === 0 ? files : [])
      .catch((error) => unclear(error, index));
  }
  if (isResolved(supportCase)) await knowReopened(account, supportCase.displayId, ctx);
  return {
    title: locale.t({ en: `Sent to case ${supportCase.displayId}`, 'zh-CN': `已回复到工单 ${supportCase.displayId}` }),
    severity: 'info',
    text: [...(isResolved(supportCase) ? [REOPENED] : []), ...(bodies.length > 1 ? [inParts(bodies.length)] : [])]
      .map(locale.t)
      .join('\n'),
  };
}

/** Whoever has just been told so need not be told again by AWS's event. */
async function knowReopened(account: string, displayId: string, { store }: MessageContext): Promise<void> {
  const subscription = await store.getSubscription(account, displayId);
  if (subscription) await store.saveSubscription({ ...subscription, status: 'reopened' });
}

/** Whether it has arrived is looked up before anything is sent again; what follows a part that has arrived is sent by itself. */
function unclear(error: unknown, index: number): never {
  if (error instanceof SupportError && (error.isOutcomeUnknown || index > 0))
    throw new RetryLaterError(`AddCommunicationToCase: ${error}`, UNKNOWN);
  throw error;
}

const TEXT: LocalizedText = { en: 'Text', 'zh-CN': '内容' };
const SEND: LocalizedText = { en: 'Send', 'zh-CN': '发送' };
const EXAMPLE: LocalizedText = { en: 'reply 1234567890 it works again', 'zh-CN': '回复 1234567890 重启后恢复了' };
const REOPENED: LocalizedText = {
  en: 'The case was resolved; your reply has reopened it.',
  'zh-CN': '工单此前已解决，您的回复已将其重新打开。',
};
const inParts = (count: number): LocalizedText => ({
  en: `AWS takes 8,000 characters at once: it was sent in ${count} parts.`,
  'zh-CN': `AWS 一次最多接收 8000 个字符，内容已分 ${count} 条发送。`,
});
const UNKNOWN: LocalizedText = {
  en: 'AWS Support has not answered. I will look whether your reply has arrived before I send it again; you need not do anything.',
  'zh-CN': 'AWS 支持暂未响应。我会先确认回复是否已送达再重发，您无需操作。',
};
