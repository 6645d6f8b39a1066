import { listeningLog } from './log.fixture';
import { readSettings } from './settings';

/** Without any of these the notifier does not start. */
const NEEDED = {
  WEBHOOK_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:s',
  OUTBOX_TABLE: 'outbox',
  DESTINATION_TABLE: 'destinations',
  WAKE_QUEUE_URL: 'https://sqs.example/1/wake',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.example/1/dead',
};

it('has defaults that work', () => {
  const log = listeningLog();
  expect(readSettings(NEEDED, log)).toEqual({
    secretArn: NEEDED.WEBHOOK_SECRET_ARN,
    tables: { outbox: 'outbox', standings: 'destinations' },
    queues: { wake: NEEDED.WAKE_QUEUE_URL, deadLetters: NEEDED.DEAD_LETTER_QUEUE_URL },
    caseBots: [],
    accountNames: new Map(),
    chosenNames: new Map(),
    accountParameters: { names: '', excluded: '' },
    stack: 'casebell',
    monthlyMessages: 0,
    keyword: '',
    language: 'zh-CN',
    timeZone: 'UTC',
    pluginPath: ['/opt/nodejs/plugins'],
    chatEndpoint: '',
  });
  expect(log.lines).toEqual([]);
});

it('takes what the stack gives', () => {
  const given = {
    STACK_NAME: 'prod',
    MONTHLY_MESSAGES: '3000',
    KEYWORD: ' 告警 ',
    LANGUAGE: 'en',
    PLUGIN_PATH: '/a:/b',
  };
  expect(readSettings({ ...NEEDED, ...given }, listeningLog())).toMatchObject({
    stack: 'prod',
    monthlyMessages: 3000,
    keyword: '告警',
    language: 'en',
    pluginPath: ['/a', '/b'],
  });
});

it('does not lose alerts over a wrong language, but says so', () => {
  const log = listeningLog();
  expect(readSettings({ ...NEEDED, LANGUAGE: 'fr' }, log).language).toBe('zh-CN');
  expect(log.lines).toEqual([
    { level: 'error', what: 'settings.wrong', setting: 'LANGUAGE', given: 'fr', instead: 'zh-CN' },
  ]);
});

it.each(['many', '-1', '2.5', 'Infinity'])('does not lose alerts over a quota of %s, but says so', (given) => {
  const log = listeningLog();
  expect(readSettings({ ...NEEDED, MONTHLY_MESSAGES: given }, log).monthlyMessages).toBe(0);
  expect(log.lines).toEqual([
    { level: 'error', what: 'settings.wrong', setting: 'MONTHLY_MESSAGES', given, instead: 0 },
  ]);
});

it.each(Object.keys(NEEDED))('fails without %s, and names it', (name) => {
  for (const value of [undefined, ''])
    expect(() => readSettings({ ...NEEDED, [name]: value }, listeningLog())).toThrow(`${name} is not set`);
});

it('knows what the case bot calls accounts, and where it lives', () => {
  const roles = 'arn:aws:iam::111122223333:role/a,arn:aws:iam::444455556666:role/b';
  const env = {
    ...NEEDED,
    ACCOUNT_ID: '000000000000',
    CASE_ROLE_ARNS: roles,
    CASE_ACCOUNT_NAMES: 'prod',
    CASE_BOT_PLATFORMS: ',feishu,',
  };
  const { accountNames, chosenNames, caseBots } = readSettings(env, listeningLog());
  expect([...accountNames]).toEqual([
    ['000000000000', 'main'],
    ['111122223333', 'prod'],
    ['444455556666', '444455556666'],
  ]);
  expect([...chosenNames]).toEqual([['111122223333', 'prod']]);
  expect(caseBots).toEqual(['feishu']);
});

describe('a model', () => {
  const model = (env: object) => readSettings({ ...NEEDED, AWS_REGION: 'eu-west-1', ...env }, listeningLog()).model;

  it('is none unless the stack names one', () => {
    for (const LLM_MODEL_ID of [undefined, ''])
      expect(model({ LLM_MODEL_ID, LLM_REGION: 'us-east-1' })).toBeUndefined();
  });

  it('is asked where the stack is, with what is built in, unless the stack says otherwise', () => {
    const id = 'us.amazon.nova-lite-v1:0';
    const builtIn = { id, region: 'eu-west-1', maxTokens: 400, dailyTokens: 0, prompt: '', debug: false };
    expect(model({ LLM_MODEL_ID: id, LLM_REGION: '', LLM_MAX_TOKENS: '0' })).toEqual(builtIn);
    const given = {
      LLM_REGION: 'us-west-2',
      LLM_MAX_TOKENS: '200',
      LLM_DAILY_TOKENS: '9000',
      LLM_SYSTEM_PROMPT: '%s {}',
    };
    expect(model({ LLM_MODEL_ID: id, ...given })).toEqual({
      ...builtIn,
      region: 'us-west-2',
      maxTokens: 200,
      dailyTokens: 9000,
      prompt: '%s {}',
    });
  });
});
