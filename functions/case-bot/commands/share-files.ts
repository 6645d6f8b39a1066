import type { Card, ChatMessage, SharedFile } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { COMMAND_NAMES, type Command } from '../domain/command';
import type { MessageContext } from '../domain/context';
import type { PendingFiles } from '../domain/draft';
import { type FoundCase, findReferencedCase } from '../domain/find-case';
import { MAX_FILES, uploadFiles } from '../filing/upload-files';
import { sendReply } from './reply';

/** What was shared goes to the case whose place this is; elsewhere it is kept until it is said to which. */
export const shareFiles: Command = {
  names: COMMAND_NAMES.attach,
  changes: true,
  async run({ verbatim }, message, ctx): Promise<Card> {
    const { store, bot, locale } = ctx;
    const shared = message.files ?? [];
    const isHome = await store.getCaseInConversation(bot.name, message.conversation);
    if (isHome)
      return sendFiles(await findReferencedCase(undefined, message.conversation, ctx), verbatim, shared, message, ctx);
    await store.saveNote(pendingKey(message, ctx), {
      files: shared,
      message: withoutReplyUrl(message),
    } satisfies PendingFiles);
    return { title: locale.t(WHERE), severity: 'info', text: locale.t(HOW) };
  },
};

export const pendingKey = ({ conversation, sender }: ChatMessage, { bot }: MessageContext): string =>
  `${bot.name}/${conversation.id}/${sender.id}/pending`;

/** Attaches files with a reply that names them, a few at a time. @param from the message that they came with */
export async function sendFiles(
  to: FoundCase,
  text: string,
  shared: readonly SharedFile[],
  message: ChatMessage,
  ctx: MessageContext,
  from = message,
): Promise<Card> {
  const taken = shared.slice(0, MAX_FILES);
  const stored = await uploadFiles(taken, from, to.supportClient, ctx);
  const names = taken.map(({ name, kind }) => `📎 ${name ?? kind}`).join('\n');
  const said = await sendReply(to, [text, names].filter(Boolean).join('\n\n'), message, ctx, stored);
  const card = { ...said, quote: names };
  const left = shared.length - taken.length;
  return left > 0 ? { ...card, severity: 'warning', text: lines(card.text, ctx.locale.t(tooMany(left))) } : card;
}

const lines = (...texts: (string | undefined)[]): string => texts.filter(Boolean).join('\n');

/** What is kept for days holds no password. */
export function withoutReplyUrl({
  conversation: { replyUrl: _, ...conversation },
  ...message
}: ChatMessage): ChatMessage {
  return { ...message, conversation };
}

const WHERE: LocalizedText = { en: 'To which case?', 'zh-CN': '要添加到哪个工单？' };
const HOW: LocalizedText = {
  en: 'Say `attach NUMBER` here, within a day; `cases` lists the numbers.',
  'zh-CN': '请在一天内在这里发送“附件 工单号”；发送“历史”可以查到工单号。',
};
const tooMany = (left: number): LocalizedText => ({
  en: `AWS takes ${MAX_FILES} files at once; ${left} more did not go: share the rest again.`,
  'zh-CN': `AWS 一次最多接收 ${MAX_FILES} 个文件，其余 ${left} 个请重新发送。`,
});
