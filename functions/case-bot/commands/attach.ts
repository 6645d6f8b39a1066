import type { ChatMessage } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { COMMAND_NAMES, type Command } from '../domain/command';
import type { MessageContext } from '../domain/context';
import { type PendingFiles, withoutReplyUrl } from '../domain/draft';
import { UserInputError } from '../domain/errors';
import { findReferencedCase, parseCaseId } from '../domain/find-case';
import { sendFiles } from '../filing/attachments';

/** Attaches the files of this message to a case; without files, those that the person has shared here before. */
export const attach: Command = {
  names: COMMAND_NAMES.attach,
  usage: { en: 'NUMBER', 'zh-CN': '工单号' },
  about: { en: 'add the file that you have just shared to a case', 'zh-CN': '把刚发送的文件添加到工单' },
  changes: true,
  async run({ verbatim }, message, ctx) {
    const { id, rest: text } = parseCaseId(verbatim);
    const to = await findReferencedCase(id, message.conversation, ctx);
    if (message.files?.length) return sendFiles(to, { text, files: message.files, message }, ctx);
    const key = pendingKey(message, ctx);
    const pending = await ctx.store.getNote<PendingFiles>(key);
    if (!pending) throw new UserInputError(NO_FILE);
    const card = await sendFiles(to, { text, files: pending.files, message, sharedBy: pending.message }, ctx);
    await ctx.store.deleteNote(key);
    return card;
  },
};

/** Files without a command go to the case of the conversation; elsewhere they are kept until `attach` names a case. */
export const shareFiles: Command = {
  names: COMMAND_NAMES.attach,
  changes: true,
  async run({ verbatim: text }, message, ctx) {
    const { store, bot, locale } = ctx;
    const { conversation, files = [] } = message;
    if (await store.getCaseInConversation(bot.name, conversation))
      return sendFiles(await findReferencedCase(undefined, conversation, ctx), { text, files, message }, ctx);
    const pending: PendingFiles = { files, message: withoutReplyUrl(message) };
    await store.saveNote(pendingKey(message, ctx), pending);
    return { title: locale.t(WHICH_CASE), severity: 'info', text: locale.t(HOW_TO_ATTACH) };
  },
};

const pendingKey = ({ conversation, sender }: ChatMessage, { bot }: MessageContext): string =>
  `${bot.name}/${conversation.id}/${sender.id}/pending`;

const NO_FILE: LocalizedText = {
  en: 'You have shared no file here: share it first, then send `attach NUMBER` in the same conversation. In a DingTalk group the bot receives only pictures that are sent with a mention; send files in the direct chat with the bot.',
  'zh-CN':
    '这里没有您待添加的文件，请先发送文件，再在同一会话中发送“附件 工单号”。在钉钉群里机器人只能收到 @它时一起发送的图片，文件请在与机器人的单聊中发送。',
};
const WHICH_CASE: LocalizedText = { en: 'To which case?', 'zh-CN': '要添加到哪个工单？' };
const HOW_TO_ATTACH: LocalizedText = {
  en: 'Send `attach NUMBER` here within a day; `cases` lists the numbers.',
  'zh-CN': '请在一天内在这里发送“附件 工单号”；发送“历史”可以查到工单号。',
};
