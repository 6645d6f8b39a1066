import type { ChatMessage } from '@casebell/im/bots';
import type { Locale, LocalizedText } from '../../shared/locale';
import { CASE_CONVERSATION_HINT } from '../domain/case-card';
import { COMMAND_NAMES, type Command } from '../domain/command';
import type { MessageContext } from '../domain/context';

/** Shows first what applies to this conversation and this person, then the commands. */
export const createHelp = (commands: readonly Command[]): Command => ({
  names: COMMAND_NAMES.help,
  async run(_argument, message, ctx) {
    const { locale } = ctx;
    const hints = await hintsFor(message, ctx);
    const lines = [
      ...hints.flatMap((hint) => [locale.t(hint), '']),
      ...commands.filter(({ adminOnly }) => !adminOnly).flatMap((command) => linesOf(command, locale)),
      '',
      `**${locale.t(ADMINS)}**`,
      ...commands.filter(({ adminOnly }) => adminOnly).flatMap((command) => linesOf(command, locale)),
    ];
    return { title: locale.t(TITLE), severity: 'info', text: lines.join('\n') };
  },
});

async function hintsFor(message: ChatMessage, { bot, store }: MessageContext): Promise<LocalizedText[]> {
  const [caseHere, draft] = await Promise.all([
    store.getCaseInConversation(bot.name, message.conversation),
    store.getDraft(bot.name, message),
  ]);
  return [...(caseHere ? [CASE_CONVERSATION_HINT] : []), ...(draft ? [DRAFT_HINT] : [])];
}

function linesOf({ names, usage, about }: Command, { language, t }: Locale): string[] {
  if (!usage || !about) return [];
  const example = [names[language], t(usage)].filter(Boolean).join(' ');
  return [`- \`${example}\`${t(COLON)}${t(about)}`];
}

const TITLE: LocalizedText = { en: 'Available commands', 'zh-CN': '可以这样使用' };
const ADMINS: LocalizedText = { en: 'For administrators', 'zh-CN': '管理员命令' };
const COLON: LocalizedText = { en: ': ', 'zh-CN': '：' };
const DRAFT_HINT: LocalizedText = {
  en: 'You have a draft of a case: `edit` shows its form, `content DESCRIPTION` describes the problem, `discard` deletes it.',
  'zh-CN': '您有一个正在填写的工单：发送 `修改` 查看表单，`内容 描述` 填写描述，`放弃` 取消。',
};
