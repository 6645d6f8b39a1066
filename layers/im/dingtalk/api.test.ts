import { inspect } from 'node:util';
import type { ChatApp } from '../chat-app';
import { DeliveryError } from '../errors';
import { SECRETS, SESSION } from './callback.fixture';
import { CARD, DIRECT, FINE, failing, GRANTED, GROUP, LIVE, play, TOKEN } from './script.fixture';

it('buys one token for all that it says while it lives', async () => {
  const { paths } = await play({}, async (app) => {
    await Promise.all([app.send(CARD, GROUP), app.send(CARD, DIRECT), app.healthCheck()]);
    await app.findUser?.({ mobile: '138' });
  });
  expect(paths.filter((path) => path === 'accessToken')).toHaveLength(1);
});

it.each([
  [
    'the newer API',
    '/v1.0/robot/groupMessages/send',
    failing('InvalidAuthentication'),
    (app: ChatApp) => app.send(CARD, GROUP),
  ],
  [
    'the older API',
    '/topapi/v2/user/getbymobile',
    [{ body: { errcode: 88, errmsg: 'ding talk error', sub_code: '40014', sub_msg: '不合法的access_token' } }],
    async (app: ChatApp) => app.findUser?.({ mobile: '138' }),
  ],
])('buys a new token, once, when %s does not know it any more', async (_, path, refused, act) => {
  const [fine = {}] = FINE[path] ?? [];
  const script = { '/v1.0/oauth2/accessToken': [{ body: GRANTED }, { body: { ...GRANTED, accessToken: 'new' } }] };
  const saved = await play({ ...script, [path]: [...refused, fine] }, act);
  expect(saved.error).toBeUndefined();
  expect(saved.paths.filter((path) => path === 'accessToken')).toHaveLength(2);
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
  ['nobody.knows', 500, /an internal error/, { retryable: true, outcomeUnknown: 'unclear' }],
  ['nobody.knows', 400, /could not read the call/, { retryable: false }],
  ['constructor', 418, /refused the call/, { retryable: false }],
])('says what %s (HTTP %i) means and what to do', async (code, status, reason, facts) => {
  const { error } = await play({ '/v1.0/robot/groupMessages/send': failing(code, status) }, (app) =>
    app.send(CARD, GROUP),
  );
  expect(error).toMatchObject({ platform: 'dingtalk', code, message: expect.stringMatching(reason), ...facts });
});

it('names the permission that is missing', async () => {
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

it('says which secrets are missing before it asks anybody', async () => {
  const { error, paths } = await play({}, (app) => app.healthCheck(), { appKey: 'x', appSecret: ' ' });
  expect([error?.message, paths]).toEqual([
    'dingtalk: enter appSecret, corpId from the developer console of DingTalk in the secret of this bot',
    [],
  ]);
});

it.each(['<html>', 'null', '[]', '', { accessToken: '', expireIn: 7200 }, { accessToken: 'x', expireIn: 'soon' }])(
  'does not take %j for a token',
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
])('tells no secret in an error of %s, even where the platform does', async (path, secrets, act) => {
  for (const body of [{ code: 'x', message: LEAK }, { errcode: 5, errmsg: LEAK }, { code: LEAK }, LEAK, 'hang up']) {
    const { error } = await play({ [path]: [{ status: 400, body }] }, act);
    expect(error).toBeInstanceOf(DeliveryError);
    const told = [error?.message, error?.stack, inspect(error), JSON.stringify(error)].join('\n');
    for (const secret of [...secrets, '203.0.113.9']) expect(told).not.toContain(secret);
  }
});
