import { parseBots } from './bots';

const DEFAULTS = { language: 'zh-CN', caseLanguage: 'en', admins: ['boss'] } as const;
const read = (...secrets: unknown[]) =>
  parseBots(
    secrets.map((secret) => (typeof secret === 'string' ? secret : JSON.stringify(secret))),
    DEFAULTS,
  );

it('parseBots() has the bots with secrets, and none whose secrets are empty', () => {
  const { bots } = read({ 'dingtalk/main': { appKey: '', appSecret: '' }, 'slack/main': { botToken: 'xoxb-1' } });
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

it('parseBots() gives each bot its own profile, and prefers a later secret', () => {
  const { bots } = read(
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

const GOOD = { 'slack/main': { botToken: 'xoxb-1', accounts: ['prod'] } };

it.each<[string, unknown, string | undefined]>([
  ['no JSON', '{"feishu/ops": {"appSecret":"hunter2"', undefined],
  ['a list', ['hunter2'], undefined],
  ['no name of a bot', { hunter2: { appSecret: 'hunter2' } }, ''],
  ['an unknown platform', { 'hunter2/main': { appSecret: 'hunter2' } }, ''],
  ['a text for a profile', { 'feishu/main': 'hunter2' }, 'feishu/main'],
  ['an object for a text', { 'feishu/main': { appSecret: { hunter2: 'hunter2' } } }, 'feishu/main'],
  ['an object for a list', { 'feishu/main': { appSecret: 'x', accounts: { hunter2: 1 } } }, 'feishu/main'],
])(
  'parseBots() leaves out what is %s, keeps the others, and reports the problem without its text',
  (_name, spoilt, bot) => {
    const { bots, problems } = read(GOOD, spoilt);
    expect([...bots.keys()]).toEqual(['slack/main']);
    expect(problems).toEqual([
      { ...(bot !== undefined && { bot }), reason: { en: expect.any(String), 'zh-CN': expect.any(String) } },
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/hunter2/);
  },
);
it('parseBots() does not fall back to an earlier profile where a later one is invalid', () => {
  expect([...read({ 'slack/main': { botToken: 'x' } }, { 'slack/main': 'y' }).bots]).toEqual([]);
  expect([...read({ 'slack/main': { botToken: 'x' } }, '{"slack\\/main": {"accounts": ["prod"],}').bots]).toEqual([]);
});
