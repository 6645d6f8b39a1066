import { adopt } from '../announce/adopt';
import type { Command } from '../command';
import { findCase, readId } from '../find-case';
import { Misunderstanding } from '../misunderstanding';

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
    const { displayId } = found;
    const text_ = known
      ? { en: `Case ${displayId} is followed already.`, 'zh-CN': `工单 ${displayId} 已在关注中。` }
      : { en: `News of case ${displayId} will be told here.`, 'zh-CN': `工单 ${displayId} 的更新会发到这里。` };
    return { title: office.say.t(text_), severity: 'info' };
  },
};
