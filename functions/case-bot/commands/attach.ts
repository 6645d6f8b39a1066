import type { Command } from '../domain/command';
import type { Enclosed } from '../domain/draft';
import { caseMeant, readId } from '../domain/find-case';
import { Misunderstanding } from '../domain/errors';
import { SPOKEN } from '../domain/spoken';
import { pendingKey, send } from './share-files';

/** Sends what one shares with it, or has shared here last, to a case. */
export const attach: Command = {
  spoken: SPOKEN.attach,
  usage: { en: 'NUMBER', 'zh-CN': '工单号' },
  about: { en: 'add the file that you have just shared to a case', 'zh-CN': '把刚发送的文件添加到工单' },
  changes: true,
  async run({ verbatim }, message, office) {
    const { id, rest } = readId(verbatim);
    const to = await caseMeant(id, message.conversation, office);
    if (message.files?.length) return send(to, rest, message.files, message, office);
    const pending = await office.store.recall<Enclosed>(pendingKey(message, office));
    if (!pending) throw new Misunderstanding(NOTHING);
    const card = await send(to, rest, pending.files, message, office, pending.from);
    await office.store.forget(pendingKey(message, office));
    return card;
  },
};

const NOTHING = {
  en: 'There is no file of yours here: share it first, then say `attach NUMBER` in the same conversation. What is shared in a DingTalk group reaches the bot only if it is a picture sent with a mention; files go in the direct chat with it.',
  'zh-CN':
    '这里没有您待添加的文件，请先发送文件，再在同一会话中发送“附件 工单号”。在钉钉群里机器人只能收到 @它时一起发送的图片，文件请在与机器人的单聊中发送。',
};
