import { readBots } from './bots';

const DEFAULTS = { language: 'zh-CN', caseLanguage: 'en', admins: ['boss'] } as const;
const read = (...secrets: unknown[]) =>
  readBots(
    secrets.map((secret) => JSON.stringify(secret)),
    DEFAULTS,
  );

it('takes the bots that have secrets, and none of those that were left empty', () => {
  const bots = read({ 'dingtalk/main': { appKey: '', appSecret: '' }, 'slack/main': { botToken: 'xoxb-1' } });
  expect([...bots.keys()]).toEqual(['slack/main']);
  expect(bots.get('slack/main')).toMatchObject({
    platform: 'slack',
    secrets: { botToken: 'xoxb-1' },
    accounts: [],
    language: 'zh-CN',
    caseLanguage: 'en',
    admins: ['boss'],
  });
});

it('gives each bot a profile of its own, and a later secret has the last word', () => {
  const bots = read(
    { 'feishu/main': { appId: 'cli_1' } },
    {
      'feishu/team-a': {
        appId: 'cli_2',
        accounts: ['prod'],
        services: 'aws-lambda, billing',
        severities: ['low'],
        language: 'en',
      },
      'feishu/main': { appId: 'cli_3', admins: 'ou_1' },
    },
  );
  expect(bots.get('feishu/team-a')).toMatchObject({
    accounts: ['prod'],
    services: ['aws-lambda', 'billing'],
    severities: ['low'],
    language: 'en',
    secrets: { appId: 'cli_2' },
  });
  expect(bots.get('feishu/main')).toMatchObject({ secrets: { appId: 'cli_3' }, admins: ['boss', 'ou_1'] });
});

it.each([
  'not json {"appSecret":"hunter2"',
  '[]',
  '"hunter2"',
  '{"feishu":{"appSecret":"hunter2"}}',
  '{"feishu/main":"hunter2"}',
])('says what is wrong with %s without repeating it', (secret) => {
  expect(() => readBots([secret], DEFAULTS)).toThrow(/bot secret is not readable/);
  expect(() => readBots([secret], DEFAULTS)).not.toThrow(/hunter2/);
});
