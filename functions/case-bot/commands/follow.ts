import { adopt } from '../announce/adopt';
import type { Command } from '../command';
import { findCase, readId } from '../find-case';
import { Misunderstanding } from '../misunderstanding';
import type { Both } from '../say';

/** Brings in a case that was opened elsewhere: from now on its news are told here. */
export const follow: Command = {
  spoken: { en: 'follow', 'zh-CN': '关注工单', also: ['关注'] },
  usage: { en: 'NUMBER', 'zh-CN': '工单号' },
  about: { en: 'have the news of a case told here', 'zh-CN': '在这里接收某个工单的更新' },
  changes: true,
  async run({ text }, message, office) {
    const { id } = readId(text);
    if (!id) throw new Misunderstanding({ en: 'Which case? Say its number.', 'zh-CN': '请写明工单号。' });
    const { account, desk, found } = await findCase(id, office);
    const { answer: _, ...place } = message.conversation;
    const known = await office.store.following(account, found.displayId);
    await adopt(found, account, place, office.now(), desk, office);
    const lives = known && known.refused === undefined;
    const isHere = known?.bot === office.bot.name && known.place.id === place.id;
    const words = isHere ? already : elsewhere;
    return { title: office.say.t((lives ? words : fromNowOn)(found.displayId)), severity: 'info' };
  },
};

const already = (id: string): Both => ({
  en: `Case ${id} is followed already.`,
  'zh-CN': `工单 ${id} 已在关注中。`,
});
const elsewhere = (id: string): Both => ({
  en: `The news of case ${id} are told in another conversation, and only there.`,
  'zh-CN': `工单 ${id} 已在另一个会话中关注，更新只会发到那里。`,
});
const fromNowOn = (id: string): Both => ({
  en: `News of case ${id} will be told here.`,
  'zh-CN': `工单 ${id} 的更新会发到这里。`,
});
