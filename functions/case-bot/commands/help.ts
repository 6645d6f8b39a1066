import type { Card, ChatMessage } from '@casebell/im/bots';
import type { Locale, LocalizedText } from '../../shared/locale';
import { CASE_CONVERSATION_HINT } from '../domain/case-card';
import { COMMAND_NAMES, type Command } from '../domain/command';
import type { MessageContext } from '../domain/context';

/** What the bot can do, from the commands themselves. */
export const createHelp = (commands: readonly Command[]): Command => ({
  names: COMMAND_NAMES.help,
  run: (_argument, message, ctx) => helpCard(commands, message, ctx),
});

/** First where one stands, then what can be asked for. */
export async function helpCard(commands: readonly Command[], message: ChatMessage, ctx: MessageContext): Promise<Card> {
  const { locale } = ctx;
  const [everyones, admins] = [
    commands.filter(({ adminOnly }) => !adminOnly),
    commands.filter(({ adminOnly }) => adminOnly),
  ];
  const lines = [
    ...(await situationOf(message, ctx)).flatMap((both) => [locale.t(both), '']),
    ...everyones.flatMap((command) => lineOf(command, locale) ?? []),
    '',
    `**${locale.t(ADMINS)}**`,
    ...admins.flatMap((command) => lineOf(command, locale) ?? []),
  ];
  return { title: locale.t(TITLE), severity: 'info', text: lines.join('\n') };
}

async function situationOf(message: ChatMessage, { bot, store }: MessageContext): Promise<LocalizedText[]> {
  const [home, draft] = await Promise.all([
    store.getCaseInConversation(bot.name, message.conversation),
    store.getDraft(bot.name, message),
  ]);
  return [...(home ? [CASE_CONVERSATION_HINT] : []), ...(draft ? [OPENING] : [])];
}

function lineOf({ names, usage, about }: Command, { language, t }: Locale): string | undefined {
  if (!usage || !about) return undefined;
  const example = [names[language], t(usage)].filter(Boolean).join(' ');
  return `- \`${example}\`${t(COLON)}${t(about)}`;
}

const TITLE: LocalizedText = { en: 'What you can ask for', 'zh-CN': '可以这样使用' };
const ADMINS: LocalizedText = { en: 'For administrators', 'zh-CN': '管理员命令' };
const COLON: LocalizedText = { en: ': ', 'zh-CN': '：' };
const OPENING: LocalizedText = {
  en: 'You are opening a case: `edit` shows its form, `content DESCRIPTION` describes the problem, `discard` forgets it.',
  'zh-CN': '您有一个正在填写的工单：发送 `修改` 查看表单，`内容 描述` 填写描述，`放弃` 取消。',
};
