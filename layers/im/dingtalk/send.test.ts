import type { Card } from '../card';
import { NOW, SECRETS, SESSION } from './callback.fixture';
import { CARD, DIRECT, failing, GROUP, LIVE, play, TOKEN } from './fake-dingtalk.fixture';

const LONG: Card = { ...CARD, quote: '硬件已降级。\n'.repeat(2_000) };

it('sends in the session, without a token, with a key for each message', async () => {
  const { error, calls, paths } = await play({}, (app) => app.send(LONG, LIVE, 'case-42'));
  expect([error, new Set(paths)]).toEqual([undefined, new Set(['sendBySession'])]);
  expect(calls.map(({ body }) => body.msgUuid)).toEqual(calls.map((_, index) => `case-42.${index + 1}`));
  expect(calls.length).toBeGreaterThan(1);
});

it.each([
  ['there is no session', GROUP],
  ['it ends within a minute', { ...GROUP, replyUrl: { url: SESSION, expiresAt: NOW + 60_000 } }],
  [
    'it is on another host',
    { ...GROUP, replyUrl: { url: 'https://evil.example/robot/sendBySession', expiresAt: NOW + 1e6 } },
  ],
])('sends to a group by the OpenAPI where %s', async (_, to) => {
  const { error, calls, paths } = await play({}, (app) => app.send(CARD, to));
  expect([error, paths]).toEqual([undefined, ['accessToken', 'send']]);
  expect(calls[0]?.body).toEqual({ appKey: SECRETS.appKey, appSecret: SECRETS.appSecret });
  expect(calls[1]).toMatchObject({
    token: TOKEN,
    body: {
      robotCode: 'dingkey',
      openConversationId: 'cid1==',
      msgKey: 'sampleMarkdown',
      msgParam: expect.stringContaining('已打开'),
    },
  });
});

it('sends to a person by their user id', async () => {
  const { error, calls } = await play({}, (app) => app.send(CARD, DIRECT), { ...SECRETS, robotCode: 'dingrobot' });
  expect(error).toBeUndefined();
  expect(calls[1]?.body).toMatchObject({ userIds: ['0147'], robotCode: 'dingrobot' });
});

it.each([
  ['as observed', { body: { errcode: 300001, errmsg: 'session 不存在' } }],
  ['as documented', { status: 400, body: { code: 'session.expired', message: 'session已过期' } }],
  ['as documented for the other case', { status: 400, body: { code: 'session.notExisted' } }],
  ['as reported once', { status: 500, body: '' }],
])('sends by the OpenAPI when the session is over, %s, and does not try it again', async (_, over) => {
  const { error, paths } = await play({ '/robot/sendBySession': [over] }, (app) => app.send(LONG, LIVE));
  expect(error).toBeUndefined();
  expect(paths.slice(0, 3)).toEqual(['sendBySession', 'accessToken', 'send']);
  expect(paths.filter((path) => path === 'sendBySession')).toHaveLength(1);
});

it('continues by the OpenAPI when the session ends between two messages', async () => {
  const turns = [{ body: { errcode: 0 } }, { body: { errcode: 300001, errmsg: 'session 不存在' } }];
  const { error, paths } = await play({ '/robot/sendBySession': turns }, (app) => app.send(LONG, LIVE));
  expect(error).toBeUndefined();
  expect(paths.slice(0, 4)).toEqual(['sendBySession', 'sendBySession', 'accessToken', 'send']);
});

it('does not repeat a message by the OpenAPI when the response of the session is lost', async () => {
  const { error, paths } = await play({ '/robot/sendBySession': [{ body: 'hang up' }] }, (app) => app.send(CARD, LIVE));
  expect(paths).toEqual(['sendBySession']);
  expect(error).toMatchObject({ retryable: true, outcomeUnknown: 'unanswered' });
});

it.each([
  [
    'a session',
    LIVE,
    '/robot/sendBySession',
    [{ body: { errcode: 430101, errmsg: 'unsafe' } }, { body: { errcode: 0 } }],
  ],
  [
    'the OpenAPI',
    GROUP,
    '/v1.0/robot/groupMessages/send',
    [...failing('contain.unsafe.url'), { body: { processQueryKey: 'k' } }],
  ],
])('sends plain text when %s rejects the card', async (_, to, path, turns) => {
  const { error, calls } = await play({ [path]: turns }, (app) =>
    app.send({ ...CARD, buttons: [{ label: '关', command: 'close' }] }, to, 'k'),
  );
  expect(error).toBeUndefined();
  const sent = JSON.stringify(calls.at(-1)?.body);
  expect(sent).toContain('已打开\\');
  expect(sent).toContain('关: close');
  expect(sent).not.toContain('dtmd:');
});

it('rejects when the plain text is rejected, too', async () => {
  const { error } = await play({ '/robot/sendBySession': [{ body: { errcode: 430101 } }] }, (app) =>
    app.send(CARD, LIVE),
  );
  expect(error).toMatchObject({ retryable: false, payloadRejected: true });
});

it.each([
  ['invalidStaffIdList', { retryable: false }],
  ['flowControlledStaffIdList', { retryable: true, throttled: true, retryAfterSeconds: 60 }],
])('rejects when the person is in %s', async (list, facts) => {
  const script = { '/v1.0/robot/oToMessages/batchSend': [{ body: { processQueryKey: 'k', [list]: ['0147'] } }] };
  const { error } = await play(script, (app) => app.send(CARD, DIRECT));
  expect(error).toMatchObject({ code: list, ...facts });
});

it('makes no call for a person without a user id, and says what to do', async () => {
  const { error, paths } = await play({}, (app) => app.send(CARD, { id: 'cid2==', kind: 'direct' }));
  expect([error?.message, paths]).toEqual([expect.stringMatching(/publish a version of the app/), []]);
});
