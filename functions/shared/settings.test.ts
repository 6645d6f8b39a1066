import { recordingLog } from './log.fixture';
import { readSettings } from './settings';
import { UTC } from './time';

/** Without any of these the function does not start. */
const NOTIFIER = {
  WEBHOOK_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:s',
  OUTBOX_TABLE: 'outbox',
  DESTINATION_TABLE: 'destinations',
  DELIVERY_QUEUE_URL: 'https://sqs.example/1/delivery',
  DEAD_LETTER_QUEUE_URL: 'https://sqs.example/1/dead',
};
const CALLBACK = { BOTS_SECRET_ARNS: 'arn:a,arn:b', CASE_QUEUE_URL: 'https://sqs.example/1/cases' };
const WORKER = {
  ...CALLBACK,
  AWS_REGION: 'eu-west-1',
  CASE_TABLE: 'cases',
  CASE_DEAD_LETTER_QUEUE_URL: 'https://sqs.example/1/dead',
  CASE_UPDATE_QUEUE_URL: 'https://sqs.example/1/updates',
};

const ofNotifier = (env: object, log = recordingLog()) => readSettings('notifier', { ...NOTIFIER, ...env }, log);

it('readSettings() has defaults that work', () => {
  const log = recordingLog();
  expect(readSettings('notifier', NOTIFIER, log)).toEqual({
    webhookSecretArn: NOTIFIER.WEBHOOK_SECRET_ARN,
    outboxTable: 'outbox',
    destinationTable: 'destinations',
    deliveryQueueUrl: NOTIFIER.DELIVERY_QUEUE_URL,
    deadLetterQueueUrl: NOTIFIER.DEAD_LETTER_QUEUE_URL,
    caseBotPlatforms: [],
    accounts: [],
    accountNamesParameter: '',
    excludedAccountsParameter: '',
    stack: 'casebell',
    monthlyMessages: 0,
    keyword: '',
    language: 'zh-CN',
    timeZone: UTC,
    pluginPath: ['/opt/nodejs/plugins'],
    chatEndpoint: '',
    model: undefined,
  });
  expect(log.lines).toEqual([]);
});

it('readSettings() takes what the stack sets', () => {
  const given = {
    STACK_NAME: 'prod',
    MONTHLY_MESSAGES: '3000',
    KEYWORD: ' 告警 ',
    LANGUAGE: 'en',
    PLUGIN_PATH: '/a:/b',
  };
  expect(ofNotifier({ ...given, CASE_BOT_PLATFORMS: ',feishu,', TIME_ZONE: 'asia/kathmandu' })).toMatchObject({
    stack: 'prod',
    monthlyMessages: 3000,
    keyword: '告警',
    language: 'en',
    pluginPath: ['/a', '/b'],
    caseBotPlatforms: ['feishu'],
    timeZone: { name: 'asia/kathmandu' },
  });
});

it('readSettings() gives the callback function nothing of the worker', () => {
  expect(Object.keys(readSettings('callback', CALLBACK, recordingLog())).sort()).toEqual(
    ['admins', 'botSecretArns', 'caseLanguage', 'caseQueueUrl', 'chatEndpoint', 'language'].sort(),
  );
});

it.each([
  ['LANGUAGE', 'fr', 'language', 'zh-CN'],
  ['TIME_ZONE', 'UTC+8', 'timeZone', UTC],
  ['TIME_ZONE', 'Mars/Olympus', 'timeZone', UTC],
  ['MONTHLY_MESSAGES', 'many', 'monthlyMessages', 0],
  ['MONTHLY_MESSAGES', '-1', 'monthlyMessages', 0],
  ['MONTHLY_MESSAGES', '2.5', 'monthlyMessages', 0],
  ['MONTHLY_MESSAGES', 'Infinity', 'monthlyMessages', 0],
] as const)('readSettings() logs the wrong value of %s=%s and uses the default', (setting, value, key, used) => {
  const log = recordingLog();
  expect(ofNotifier({ [setting]: value }, log)[key]).toEqual(used);
  expect(log.lines).toEqual([
    { level: 'error', event: 'config.invalid', setting, value, used: key === 'timeZone' ? 'UTC' : used },
  ]);
});

it.each([
  ...Object.keys(NOTIFIER).map((name) => ['notifier', name, NOTIFIER] as const),
  ...Object.keys(CALLBACK).map((name) => ['callback', name, CALLBACK] as const),
  ...Object.keys(WORKER).map((name) => ['worker', name, WORKER] as const),
])('readSettings() of the %s throws without %s and names it', (reader, name, env) => {
  for (const value of [undefined, ''])
    expect(() => readSettings(reader, { ...env, [name]: value }, recordingLog())).toThrow(`${name} is not set`);
});

describe('the model', () => {
  const model = (env: object) => ofNotifier({ AWS_REGION: 'eu-west-1', ...env }).model;

  it('is absent unless the stack names one', () => {
    for (const LLM_MODEL_ID of [undefined, ''])
      expect(model({ LLM_MODEL_ID, LLM_REGION: 'us-east-1' })).toBeUndefined();
  });

  it('is called in the Region of the stack with built-in values, unless the stack says otherwise', () => {
    const id = 'us.amazon.nova-lite-v1:0';
    const builtIn = {
      id,
      region: 'eu-west-1',
      maxTokens: 400,
      dailyTokens: 0,
      budgetTable: 'outbox',
      prompt: '',
      isDebug: false,
    };
    expect(model({ LLM_MODEL_ID: id, LLM_REGION: '', LLM_MAX_TOKENS: '0' })).toEqual(builtIn);
    const given = { LLM_REGION: 'us-west-2', LLM_MAX_TOKENS: '200', LLM_DAILY_TOKENS: '9000' };
    expect(model({ LLM_MODEL_ID: id, ...given, LLM_SYSTEM_PROMPT: '%s {}', LLM_BUDGET_TABLE: 'b' })).toEqual({
      ...builtIn,
      region: 'us-west-2',
      maxTokens: 200,
      dailyTokens: 9000,
      budgetTable: 'b',
      prompt: '%s {}',
    });
  });
});
