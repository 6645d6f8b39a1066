import { printError } from '../against.fixture';
import { createBotRuntime } from '../bot-platforms';
import { type ChatApp, ForgedRequestError } from '../chat-app';
import { DeliveryError } from '../errors';
import { dingtalkBot } from './bot';
import { callback, SECRETS, SESSION } from './callback.fixture';
import { CARD, DIRECT, failing, GRANTED, GROUP, LIVE, play, SUCCESS, TOKEN } from './fake-dingtalk.fixture';

it('fetches one token for many calls', async () => {
  const { paths } = await play({}, async (app) => {
    await Promise.all([app.send(CARD, GROUP), app.send(CARD, DIRECT), app.healthCheck()]);
    await app.findUser?.({ mobile: '138' });
  });
  expect(paths.filter((path) => path === 'accessToken')).toHaveLength(1);
});

it.each([
  [
    'api.dingtalk.com',
    '/v1.0/robot/groupMessages/send',
    failing('InvalidAuthentication'),
    (app: ChatApp) => app.send(CARD, GROUP),
  ],
  [
    'the legacy API',
    '/topapi/v2/user/getbymobile',
    [{ body: { errcode: 88, errmsg: 'ding talk error', sub_code: '40014', sub_msg: '不合法的access_token' } }],
    async (app: ChatApp) => app.findUser?.({ mobile: '138' }),
  ],
])('fetches a new token, once, when %s rejects it', async (_, path, refused, act) => {
  const [fine = {}] = SUCCESS[path] ?? [];
  const script = { '/v1.0/oauth2/accessToken': [{ body: GRANTED }, { body: { ...GRANTED, accessToken: 'new' } }] };
  const retried = await play({ ...script, [path]: [...refused, fine] }, act);
  expect(retried.error).toBeUndefined();
  expect(retried.paths.filter((path) => path === 'accessToken')).toHaveLength(2);
  const lost = await play({ ...script, [path]: refused }, act);
  expect(lost.error).toMatchObject({ retryable: true });
  expect(lost.paths).toHaveLength(4);
});

it.each([
  ['invalidClientIdOrSecret', 400, /copy both again/, { retryable: false }],
  ['Forbidden.AccessDenied.AccessTokenPermissionDenied', 403, /lacks a permission; grant it/, { retryable: false }],
  ['Forbidden.AccessDenied.IpNotInWhiteList', 403, /server addresses/, { retryable: false }],
  [
    'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
    403,
    /in a second/,
    { retryable: true, throttled: true, retryAfterSeconds: 1 },
  ],
  [
    'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi',
    403,
    /in a minute/,
    { retryable: true, throttled: true, retryAfterSeconds: 60 },
  ],
  ['Forbidden.AccessDenied.ApiCountLimitForOrg', 403, /quota of API calls/, { retryable: false }],
  ['send.too.fast', 400, /too many messages/, { retryable: true, throttled: true, retryAfterSeconds: 60 }],
  ['invalidParameter.robotCode.auth', 400, /Robot page/, { retryable: false }],
  ['invalidParameter.robotCode.notExsit', 400, /add the Robot capability/, { retryable: false }],
  ['invalid.openConversationId', 400, /add the robot to it/, { retryable: false }],
  ['group.disbanded', 400, /dissolved/, { retryable: false }],
  ['bot.stopped', 400, /enable it/, { retryable: false }],
  ['system.error', 500, /an internal error/, { retryable: true, outcomeUnknown: 'unclear' }],
  ['unknown.code', 500, /an internal error/, { retryable: true, outcomeUnknown: 'unclear' }],
  ['unknown.code', 400, /could not read the call/, { retryable: false }],
  ['constructor', 418, /refused the call/, { retryable: false }],
])('rejects on %s (HTTP %i) with what to do', async (code, status, reason, facts) => {
  const { error } = await play({ '/v1.0/robot/groupMessages/send': failing(code, status) }, (app) =>
    app.send(CARD, GROUP),
  );
  expect(error).toMatchObject({ platform: 'dingtalk', code, message: expect.stringMatching(reason), ...facts });
});

it('names the missing permission', async () => {
  const body = {
    code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
    message: '没有权限',
    accessdenieddetail: { requiredScopes: ['qyapi_robot_sendmsg', 7] },
  };
  const { error } = await play({ '/v1.0/robot/groupMessages/send': [{ status: 403, body }] }, (app) =>
    app.send(CARD, GROUP),
  );
  expect(error?.message).toContain('没有权限 qyapi_robot_sendmsg');
});

it('names the missing secrets, and makes no call', async () => {
  const { error, paths } = await play({}, (app) => app.healthCheck(), { appKey: 'x', appSecret: ' ' });
  expect([error?.message, paths]).toEqual([
    'dingtalk: enter appSecret, corpId from the developer console of DingTalk in the secret of this bot',
    [],
  ]);
});

it.each(['<html>', 'null', '[]', '', { accessToken: '', expireIn: 7200 }, { accessToken: 'x', expireIn: 'soon' }])(
  'does not read the response %j as a token',
  async (body) => {
    const { error } = await play({ '/v1.0/oauth2/accessToken': [{ body }] }, (app) => app.healthCheck());
    expect(error).toMatchObject({ retryable: true });
  },
);

const KEY = new URL(SESSION).searchParams.get('session') ?? '';
const LEAK = `no: ${SECRETS.appSecret} ${TOKEN} ${SESSION} ${KEY} from ip: 203.0.113.9`;

it.each([
  ['/robot/sendBySession', [KEY, SESSION], (app: ChatApp) => app.send(CARD, LIVE)],
  ['/v1.0/robot/groupMessages/send', [SECRETS.appSecret, TOKEN], (app: ChatApp) => app.send(CARD, GROUP)],
  ['/v1.0/oauth2/accessToken', [SECRETS.appSecret], (app: ChatApp) => app.healthCheck()],
  ['/topapi/v2/user/getbymobile', [TOKEN], async (app: ChatApp) => app.findUser?.({ mobile: '138' })],
])('keeps secrets out of errors of %s', async (path, secrets, act) => {
  for (const body of [{ code: 'x', message: LEAK }, { errcode: 5, errmsg: LEAK }, { code: LEAK }, LEAK, 'hang up']) {
    const { error } = await play({ [path]: [{ status: 400, body }] }, act);
    expect(error).toBeInstanceOf(DeliveryError);
    const printed = printError(error as Error);
    for (const secret of [...secrets, '203.0.113.9']) expect(printed).not.toContain(secret);
  }
});

it.each([[{ errcode: 60121, errmsg: '找不到该用户' }], [{ errcode: 40104 }], [{ errcode: 0, result: {} }]])(
  'findUser() finds no user in the response %j',
  async (body) => {
    const run = play({ '/topapi/v2/user/getbymobile': [{ body }] }, async (app) =>
      expect(await app.findUser?.({ mobile: '138' })).toBeUndefined(),
    );
    await expect(run).resolves.toMatchObject({ error: undefined });
  },
);

it.each([
  [
    { errcode: 88, sub_code: '60011', sub_msg: '没有调用该接口的权限' },
    /qyapi_get_member_by_mobile/,
    { retryable: false },
  ],
  [{ errcode: 90018, errmsg: 'x' }, /in a second/, { retryable: true, throttled: true, retryAfterSeconds: 1 }],
  [{ errcode: 90020 }, /quota/, { retryable: false }],
  [{ errcode: 50002 }, /range of contacts/, { retryable: false }],
  [{ errcode: 400002 }, /mobile number/, { retryable: false }],
  [{ status: 1111, punish: 'deny' }, /blocked/, { retryable: true, retryAfterSeconds: 300 }],
  ['<html>', /not one of this platform/, { retryable: true }],
])('findUser() rejects the response %j', async (body, reason, facts) => {
  const { error } = await play({ '/topapi/v2/user/getbymobile': [{ body }] }, async (app) =>
    app.findUser?.({ mobile: '138' }),
  );
  expect(error).toMatchObject({ message: expect.stringMatching(reason), ...facts });
});

it('findUser() makes no call for an e-mail address', async () => {
  const { paths } = await play({}, async (app) =>
    expect(await app.findUser?.({ email: 'a@b.example' })).toBeUndefined(),
  );
  expect(paths).toEqual([]);
});

const runtime = { ...createBotRuntime(), now: () => 0 };

it('opens without secrets, and names them in every error', async () => {
  const app = dingtalkBot.open({}, runtime);
  expect(() => app.receive(callback())).toThrow(
    new ForgedRequestError('no callback is accepted without appKey, appSecret, corpId'),
  );
  await expect(app.healthCheck()).rejects.toThrow('enter appKey, appSecret, corpId from the developer console');
});

it.each([
  'https://api.dingtalk.com/v1.0/oauth2/accessToken',
  'https://oapi.dingtalk.com/robot/sendBySession?session=x',
  'https://oapi.dingtalk.io/robot/sendBySession?session=x',
])('may call %s', (url) => {
  expect(runtime.resolveEndpoint(new URL(url))).toBe(url);
});

it('has neither createThread nor update, which DingTalk lacks', () => {
  const bot = dingtalkBot.open({}, runtime);
  expect([bot.createThread, bot.update]).toEqual([undefined, undefined]);
});
