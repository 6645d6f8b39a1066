import type { Card, ChatMessage } from '@casebell/im/bots';
import type { Locale, LocalizedText } from '../../shared/locale';
import { WRITE_HERE } from '../case-card';
import type { Command } from '../command';
import type { Office } from '../office';
import { SPOKEN } from '../spoken';

/** What the bot can do, from the commands themselves. */
export const openHelp = (commands: readonly Command[]): Command => ({
  spoken: SPOKEN.help,
  run: (_argument, message, office) => helpCard(commands, message, office),
});

/** First where one stands, then what can be asked for. */
export async function helpCard(commands: readonly Command[], message: ChatMessage, office: Office): Promise<Card> {
  const { say } = office;
  const [everyones, admins] = [commands.filter(({ admin }) => !admin), commands.filter(({ admin }) => admin)];
  const lines = [
    ...(await situationOf(message, office)).flatMap((both) => [say.t(both), '']),
    ...everyones.flatMap((command) => lineOf(command, say) ?? []),
    '',
    `**${say.t(ADMINS)}**`,
    ...admins.flatMap((command) => lineOf(command, say) ?? []),
  ];
  return { title: say.t(TITLE), severity: 'info', text: lines.join('\n') };
}

async function situationOf(message: ChatMessage, { bot, store }: Office): Promise<LocalizedText[]> {
  const [home, draft] = await Promise.all([
    store.caseOf(bot.name, message.conversation),
    store.draft(bot.name, message),
  ]);
  return [...(home ? [WRITE_HERE] : []), ...(draft ? [OPENING] : [])];
}

function lineOf({ spoken, usage, about }: Command, { language, t }: Locale): string | undefined {
  if (!usage || !about) return undefined;
  const example = [spoken[language], t(usage)].filter(Boolean).join(' ');
  return `- \`${example}\`${t(COLON)}${t(about)}`;
}

const TITLE: LocalizedText = { en: 'What you can ask for', 'zh-CN': '可以这样使用' };
const ADMINS: LocalizedText = { en: 'For administrators', 'zh-CN': '管理员命令' };
const COLON: LocalizedText = { en: ': ', 'zh-CN': '：' };
const OPENING: LocalizedText = {
  en: 'You are opening a case: `edit` shows its form, `content DESCRIPTION` describes the problem, `discard` forgets it.',
  'zh-CN': '您有一个正在填写的工单：发送 `修改` 查看表单，`内容 描述` 填写描述，`放弃` 取消。',
};
