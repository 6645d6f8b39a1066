import type { RequestListener } from 'node:http';
import { against, printError } from '../against.fixture';
import type { ChatApp } from '../chat-app';
import { feishuBot } from './bot';
import { ENCRYPTED } from './event.fixture';
import { inTurn, TOKEN, withFakeFeishu } from './fake-feishu.fixture';

const CARD = { title: '你好', severity: 'info' as const };
const TO = { id: 'oc_1', kind: 'group' as const };
const send = (app: ChatApp) => app.send(CARD, TO);

it.each([
  [400, 230002, { retryable: false }, /add it in the group settings/],
  [400, 230006, { retryable: false }, /bot ability/],
  [400, 230013, { retryable: false }, /availability/],
  [400, 230027, { retryable: false }, /im:message:send_as_bot/],
  [400, 99991672, { retryable: false }, /im:chat.tabs:write_only/],
  [400, 230020, { retryable: true, throttled: true, retryAfterSeconds: 1 }, /too many messages/],
  [400, 99991400, { retryable: true, throttled: true, retryAfterSeconds: 1 }, /too many calls/],
  [400, 230049, { retryable: true, outcomeUnknown: 'unclear' }, /being sent/],
  [200, 99991403, { retryable: false }, /upgrade the plan/],
  [400, 10015, { retryable: false }, /appSecret/],
  [500, 2200, { retryable: true, outcomeUnknown: 'unclear' }, /an internal error/],
  [500, 777, { retryable: true, outcomeUnknown: 'unclear' }, /an internal error/],
  [503, 230025, { retryable: false, payloadRejected: true }, /too long/],
  [403, 777, { retryable: false }, /permissions of the app/],
  [429, 777, { retryable: true, throttled: true }, /too many/],
  [200, 777, { retryable: false }, /777: hm/],
])('rejects on HTTP %i with code %i', async (status, code, facts, reason) => {
  const { error } = await withFakeFeishu(inTurn([status, { code, msg: 'hm' }]), send);
  expect(error).toMatchObject({ platform: 'feishu', message: expect.stringMatching(reason), ...facts });
  expect(String(error)).not.toContain('webhook');
});

it.each(['<html>blocked</html>', 'null', '[]', '{}', '"what"', '{"code":', '{"code":[]}', 'true'])(
  'does not read the response %s as a success',
  async (body) => {
    const { error } = await withFakeFeishu(inTurn([200, body]), send);
    expect(error).toMatchObject({ retryable: true, outcomeUnknown: 'unclear' });
  },
);

it.each([
  [400, { code: 99991400, msg: '' }, { 'x-ogw-ratelimit-reset': '52' }, 52],
  [429, { code: 99991400, msg: '' }, { 'x-ogw-ratelimit-reset': '52', 'retry-after': '7' }, 52],
  [503, '', { 'retry-after': '7' }, 7],
])('retries HTTP %i after the time in its header', async (status, body, headers, retryAfterSeconds) => {
  const { error } = await withFakeFeishu(inTurn([status, body, headers]), send);
  expect(error).toMatchObject({ retryable: true, retryAfterSeconds });
});

it('keeps the secrets that are not sent out of errors', async () => {
  const { verificationToken, encryptKey } = ENCRYPTED;
  const leaky = { code: 230001, msg: `refused ${TOKEN} ${verificationToken} ${encryptKey}` };
  const { error } = await withFakeFeishu(inTurn([400, leaky]), send);
  const printed = printError(error as Error);
  for (const secret of [TOKEN, verificationToken, encryptKey, 'open-apis']) expect(printed).not.toContain(secret);
});

it.each(['appId', 'appSecret'])('names the missing secret %s, and makes no call', async (name) => {
  const { error, calls, tokens } = await withFakeFeishu(inTurn([200, {}]), send, { ...ENCRYPTED, [name]: '' });
  expect(error).toMatchObject({ retryable: false, message: expect.stringContaining(name) });
  expect([calls, tokens]).toEqual([[], 0]);
});

it.each([
  ['lark', 'open.larksuite.com'],
  ['feishu', 'open.feishu.cn'],
])('calls the host of the domain %s', async (domain, host) => {
  const hosts = new Set<string | undefined>();
  const listener: RequestListener = (request, response) => {
    hosts.add(request.url?.split('/')[1]);
    response.end('{"code":0,"tenant_access_token":"t","expire":7200}');
  };
  await against(listener, (runtime) => feishuBot.open({ ...ENCRYPTED, domain }, runtime).send(CARD, TO));
  expect([...hosts]).toEqual([host]);
  expect(feishuBot.hosts).toContain(host);
});

it('fetches a token once for many calls, and a new one when Feishu rejects it', async () => {
  const stale = [400, { code: 99991663, msg: 'Invalid access token' }] as const;
  const success = [200, { code: 0 }] as const;
  const sendTwice = async (app: ChatApp) => [await send(app), await send(app)];
  const { error, calls, tokens } = await withFakeFeishu(inTurn(stale, success), sendTwice);
  expect([error, calls.length, tokens]).toEqual([undefined, 3, 2]);
  const lost = await withFakeFeishu(inTurn(stale), send);
  expect(lost.error).toMatchObject({ code: '99991663', retryable: true });
  expect([lost.calls.length, lost.tokens]).toEqual([2, 2]);
});

it.each([
  [{ activate_status: 1 }, /switched off/],
  [{ activate_status: 3 }, /let an administrator enable it/],
  [undefined, /bot ability/],
])('healthCheck() says what is wrong with a bot of %j', async (bot, reason) => {
  const { error } = await withFakeFeishu(inTurn([200, { code: 0, bot }]), (app) => app.healthCheck());
  expect(error).toMatchObject({ name: 'DeliveryError', retryable: false, message: expect.stringMatching(reason) });
});
