import type { Command } from '../command';
import type { Say } from '../say';
import { SPOKEN } from '../spoken';

/** What the bot can do, from the commands themselves. */
export const openHelp = (commands: readonly Command[]): Command => ({
  spoken: SPOKEN.help,
  run: async (_argument, _message, { say }) => helpCard(commands, say),
});

export function helpCard(commands: readonly Command[], say: Say) {
  const [everyones, admins] = [commands.filter(({ admin }) => !admin), commands.filter(({ admin }) => admin)];
  const lines = [...everyones.flatMap((command) => lineOf(command, say) ?? []), '', `**${say.t(ADMINS)}**`];
  return {
    title: say.t({ en: 'What you can ask for', 'zh-CN': '可以这样使用' }),
    severity: 'info' as const,
    text: [...lines, ...admins.flatMap((command) => lineOf(command, say) ?? [])].join('\n'),
  };
}

function lineOf({ spoken, usage, about }: Command, { language, t }: Say): string | undefined {
  if (!usage || !about) return undefined;
  const example = [spoken[language], t(usage)].filter(Boolean).join(' ');
  return `- \`${example}\` ${t(about)}`;
}

const ADMINS = { en: 'For administrators', 'zh-CN': '管理员命令' };
