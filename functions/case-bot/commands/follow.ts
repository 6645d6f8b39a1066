import type { LocalizedText } from '../../shared/locale';
import type { Command } from '../domain/command';
import { UserInputError } from '../domain/errors';
import { findCase, parseCaseId } from '../domain/find-case';
import { followCase } from '../updates/follow-case';

/** Brings in a case that was opened elsewhere: from now on its news are told here. */
export const follow: Command = {
  names: { en: 'follow', 'zh-CN': '关注工单', also: ['关注'] },
  usage: { en: 'NUMBER', 'zh-CN': '工单号' },
  about: {
    en: 'get the news of a case here, wherever it was opened',
    'zh-CN': '在这里接收某个工单的更新，不论在哪里创建',
  },
  changes: true,
  async run({ text }, message, ctx) {
    const { id } = parseCaseId(text);
    if (!id) throw new UserInputError(WHICH);
    const { account, supportClient, supportCase } = await findCase(id, ctx);
    const { replyUrl: _, ...place } = message.conversation;
    const known = await ctx.store.getSubscription(account, supportCase.displayId);
    await followCase(supportCase, account, place, ctx.now(), supportClient, ctx);
    const lives = known && known.unreachableSince === undefined && !known.pendingIntro;
    const isHere = known?.bot === ctx.bot.name && known.conversation.id === place.id;
    const followed = isHere ? already : elsewhere;
    const { title, text: more } = (lives ? followed : begun)(supportCase.displayId);
    return { title: ctx.locale.t(title), severity: 'info', text: ctx.locale.t(more) };
  },
};

interface Told {
  title: LocalizedText;
  text: LocalizedText;
}

const begun = (id: string): Told => ({
  title: { en: `News of case ${id} will be told here`, 'zh-CN': `工单 ${id} 的更新会发到这里` },
  text: {
    en: `That is what AWS answers, files, and its status. To write to AWS Support: \`reply ${id} TEXT\``,
    'zh-CN': `包括 AWS 的回复、附件和状态变化。回复工单：\`回复 ${id} 内容\``,
  },
});
const already = (id: string): Told => ({
  title: { en: `Case ${id} is followed already`, 'zh-CN': `工单 ${id} 已在关注中` },
  text: {
    en: `Its news are told here. To read all of it: \`case ${id}\``,
    'zh-CN': `它的更新会发到这里。查看全部内容：\`工单 ${id}\``,
  },
});
/** A case is told in one conversation. */
const elsewhere = (id: string): Told => ({
  title: { en: `Case ${id} is followed in another conversation`, 'zh-CN': `工单 ${id} 已在另一个会话中关注` },
  text: {
    en: `Its news are told there, and only there. To read it here: \`case ${id}\``,
    'zh-CN': `它的更新只会发到那里。在这里查看：\`工单 ${id}\``,
  },
});
const WHICH: LocalizedText = {
  en: 'Which case? Say its number, e.g. `follow 1234567890`; `cases` lists the numbers.',
  'zh-CN': '请写明工单号，例如“关注工单 1234567890”；发送“历史”可以查到工单号。',
};
