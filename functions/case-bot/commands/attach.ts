import { COMMAND_NAMES, type Command } from '../domain/command';
import type { PendingFiles } from '../domain/draft';
import { UserInputError } from '../domain/errors';
import { findReferencedCase, parseCaseId } from '../domain/find-case';
import { pendingKey, sendFiles } from './share-files';

/** Sends what one shares with it, or has shared here last, to a case. */
export const attach: Command = {
  names: COMMAND_NAMES.attach,
  usage: { en: 'NUMBER', 'zh-CN': '工单号' },
  about: { en: 'add the file that you have just shared to a case', 'zh-CN': '把刚发送的文件添加到工单' },
  changes: true,
  async run({ verbatim }, message, ctx) {
    const { id, rest } = parseCaseId(verbatim);
    const to = await findReferencedCase(id, message.conversation, ctx);
    if (message.files?.length) return sendFiles(to, rest, message.files, message, ctx);
    const pending = await ctx.store.getNote<PendingFiles>(pendingKey(message, ctx));
    if (!pending) throw new UserInputError(NOTHING);
    const card = await sendFiles(to, rest, pending.files, message, ctx, pending.message);
    await ctx.store.deleteNote(pendingKey(message, ctx));
    return card;
  },
};

const NOTHING = {
  en: 'There is no file of yours here: share it first, then say `attach NUMBER` in the same conversation. What is shared in a DingTalk group reaches the bot only if it is a picture sent with a mention; files go in the direct chat with it.',
  'zh-CN':
    '这里没有您待添加的文件，请先发送文件，再在同一会话中发送“附件 工单号”。在钉钉群里机器人只能收到 @它时一起发送的图片，文件请在与机器人的单聊中发送。',
};
