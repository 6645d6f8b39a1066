import { readFileSync } from 'node:fs';
import { BOT_PLATFORMS } from '@casebell/im/bots';
import { parse } from 'yaml';
import type { Language } from '../shared/locale';
import { COMMANDS } from './commands/index';
import { allNames, type Command } from './domain/command';
import { parseBots } from './webhook/bots';

const readme = readFileSync('functions/case-bot/README.md', 'utf8');

/** The rows of the table between two marks, without its head: the commands in one language. */
function rowsIn(language: Language): string[] {
  const [, table = ''] = new RegExp(`<!-- commands: ${language} -->\n([^]*?)<!-- /commands -->`).exec(readme) ?? [];
  return table.trim().split('\n').slice(2);
}

/** The code block of that kind. */
const blockOf = (kind: string): string => new RegExp(`\`\`\`${kind}\n([^]*?)\n *\`\`\``).exec(readme)?.[1] ?? '';

const cell = (text: string): string => text.replaceAll('|', '\\|');

function rowOf({ names, usage, about, adminOnly }: Command, language: Language): string {
  const typed = (one: Language) => `\`${cell([names[one], usage?.[one]].filter(Boolean).join(' '))}\``;
  const other = language === 'en' ? 'zh-CN' : 'en';
  const only = { en: ' (administrators)', 'zh-CN': '（管理员）' }[language];
  return `| ${typed(language)} | ${typed(other)} | ${cell(about?.[language] ?? '')}${adminOnly ? only : ''} |`;
}

it.each<Language>(['en', 'zh-CN'])('the README describes every command as the bot does, in %s', (language) => {
  const shown = COMMANDS.filter(({ usage }) => usage);
  expect(shown.length).toBeGreaterThan(10);
  expect(rowsIn(language)).toEqual(shown.map((command) => rowOf(command, language)));
});

it('the README names the commands of buttons', () => {
  for (const { names, usage } of COMMANDS.filter((command) => !command.usage)) {
    expect([usage, readme]).toEqual([undefined, expect.stringContaining(`\`${names.en}\``)]);
    expect(readme).toContain(`\`${names['zh-CN']}\``);
  }
});

it('each word belongs to one command', () => {
  const words = COMMANDS.flatMap(({ names }) => allNames(names)).map((word) => word.toLowerCase());
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
});

it('the README’s secret with further bots is complete for every platform', () => {
  const { bots } = parseBots([blockOf('json')], { language: 'zh-CN', caseLanguage: 'en', admins: [] });
  expect([...bots.values()].map(({ platform }) => platform).sort()).toEqual(
    BOT_PLATFORMS.map(({ name }) => name).sort(),
  );
  for (const { platform, secrets } of bots.values()) {
    const needs = BOT_PLATFORMS.find(({ name }) => name === platform)?.requiredSecrets ?? [];
    expect(Object.keys(secrets)).toEqual(expect.arrayContaining([...needs]));
  }
  expect(bots.get('feishu/payments')).toMatchObject({
    accounts: ['prod', 'staging'],
    language: 'zh-CN',
    caseLanguage: 'zh',
    newCaseConversation: expect.stringMatching(/^oc_/),
  });
});

it('the README’s Slack manifest has the scopes, and one URL in three places', () => {
  const { oauth_config, settings, features } = parse(blockOf('yaml'));
  expect(oauth_config.scopes.bot).toEqual(
    expect.arrayContaining(['chat:write', 'commands', 'app_mentions:read', 'files:read', 'files:write']),
  );
  const addresses = [
    features.slash_commands[0].url,
    settings.event_subscriptions.request_url,
    settings.interactivity.request_url,
  ];
  expect(new Set(addresses)).toEqual(new Set(['https://CALLBACK/slack/main']));
});
