import type { LocalizedText } from '../../shared/locale';
import type { Command } from '../domain/command';
import { withoutReplyUrl } from '../domain/draft';
import { UserInputError } from '../domain/errors';
import { findCase, parseCaseId } from '../domain/find-case';
import { followCase } from '../updates/follow-case';

/** Subscribes this conversation to a case that was opened elsewhere. */
export const follow: Command = {
  names: { en: 'follow', 'zh-CN': '关注工单', also: ['关注'] },
  usage: { en: 'NUMBER', 'zh-CN': '工单号' },
  about: {
    en: 'get the updates of a case here, wherever it was opened',
    'zh-CN': '在这里接收某个工单的更新，不论在哪里创建',
  },
  changes: true,
  async run({ text }, message, ctx) {
    const { id } = parseCaseId(text);
    if (!id) throw new UserInputError(WHICH);
    const found = await findCase(id, ctx);
    const { displayId } = found.supportCase;
    const { conversation } = withoutReplyUrl(message);
    const known = await ctx.store.getSubscription(found.account, displayId);
    await followCase(found, conversation, ctx.now(), ctx);
    const isFollowed = known && known.unreachableSince === undefined && !known.pendingIntro;
    const isHere = known?.bot === ctx.bot.name && known.conversation.id === conversation.id;
    const response = isFollowed ? followedAlready(displayId, isHere) : followed(displayId);
    return { title: ctx.locale.t(response.title), severity: 'info', text: ctx.locale.t(response.text) };
  },
};

const followed = (id: string) => ({
  title: { en: `Updates of case ${id} will come here`, 'zh-CN': `工单 ${id} 的更新会发到这里` },
  text: {
    en: `These are the replies of AWS, files, and changes of status. To write to AWS Support: \`reply ${id} TEXT\``,
    'zh-CN': `包括 AWS 的回复、附件和状态变化。回复工单：\`回复 ${id} 内容\``,
  },
});
/** A case is followed in one conversation only. */
const followedAlready = (id: string, isHere: boolean) =>
  isHere
    ? {
        title: { en: `Case ${id} is followed already`, 'zh-CN': `工单 ${id} 已在关注中` },
        text: {
          en: `Its updates come here. To read all of it: \`case ${id}\``,
          'zh-CN': `它的更新会发到这里。查看全部内容：\`工单 ${id}\``,
        },
      }
    : {
        title: { en: `Case ${id} is followed in another conversation`, 'zh-CN': `工单 ${id} 已在另一个会话中关注` },
        text: {
          en: `Its updates go there only. To read it here: \`case ${id}\``,
          'zh-CN': `它的更新只会发到那里。在这里查看：\`工单 ${id}\``,
        },
      };
const WHICH: LocalizedText = {
  en: 'Enter the case number, e.g. `follow 1234567890`; `cases` lists the numbers.',
  'zh-CN': '请写明工单号，例如“关注工单 1234567890”；发送“历史”可以查到工单号。',
};
