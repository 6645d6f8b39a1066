import type { Card } from '../card';
import { NOW, SECRETS, SESSION } from './callback.fixture';
import { CARD, DIRECT, failing, GROUP, LIVE, play, TOKEN } from './script.fixture';

const LONG: Card = { ...CARD, quote: '硬件已降级。\n'.repeat(2_000) };

it('answers in the session, without a token, under the key of each message', async () => {
  const { error, asked, paths } = await play({}, (app) => app.send(LONG, LIVE, 'case-42'));
  expect([error, new Set(paths)]).toEqual([undefined, new Set(['sendBySession'])]);
  expect(asked.map(({ body }) => body.msgUuid)).toEqual(asked.map((_, at) => `case-42.${at + 1}`));
  expect(asked.length).toBeGreaterThan(1);
});

it.each([
  ['there is no session', GROUP],
  ['its end is less than a minute away', { ...GROUP, answer: { url: SESSION, until: NOW + 60_000 } }],
  ['it is somewhere else', { ...GROUP, answer: { url: 'https://evil.example/robot/sendBySession', until: NOW + 1e6 } }],
])('writes to a group by the OpenAPI where %s', async (_, to) => {
  const { error, asked, paths } = await play({}, (app) => app.send(CARD, to));
  expect([error, paths]).toEqual([undefined, ['accessToken', 'send']]);
  expect(asked[0]?.body).toEqual({ appKey: SECRETS.appKey, appSecret: SECRETS.appSecret });
  expect(asked[1]).toMatchObject({
    token: TOKEN,
    body: {
      robotCode: 'dingkey',
      openConversationId: 'cid1==',
      msgKey: 'sampleMarkdown',
      msgParam: expect.stringContaining('已打开'),
    },
  });
});

it('writes to a person by their user id', async () => {
  const { error, asked } = await play({}, (app) => app.send(CARD, DIRECT), { ...SECRETS, robotCode: 'dingrobot' });
  expect(error).toBeUndefined();
  expect(asked[1]?.body).toMatchObject({ userIds: ['0147'], robotCode: 'dingrobot' });
});

it.each([
  ['as it really says', { body: { errcode: 300001, errmsg: 'session 不存在' } }],
  ['as its table of errors has it', { status: 400, body: { code: 'session.expired', message: 'session已过期' } }],
  ['as the table has the other case', { status: 400, body: { code: 'session.notExisted' } }],
  ['as one report has it', { status: 500, body: '' }],
])('takes the other road when the session is over, %s, and does not try it again', async (_, over) => {
  const { error, paths } = await play({ '/robot/sendBySession': [over] }, (app) => app.send(LONG, LIVE));
  expect(error).toBeUndefined();
  expect(paths.slice(0, 3)).toEqual(['sendBySession', 'accessToken', 'send']);
  expect(paths.filter((path) => path === 'sendBySession')).toHaveLength(1);
});

it('goes on by the other road when the session ends between two messages', async () => {
  const turns = [{ body: { errcode: 0 } }, { body: { errcode: 300001, errmsg: 'session 不存在' } }];
  const { error, paths } = await play({ '/robot/sendBySession': turns }, (app) => app.send(LONG, LIVE));
  expect(error).toBeUndefined();
  expect(paths.slice(0, 4)).toEqual(['sendBySession', 'sendBySession', 'accessToken', 'send']);
});

it('does not say it again by the other road when the answer of the session is lost', async () => {
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
])('says it in plain words when %s takes offence at how it looks', async (_, to, path, turns) => {
  const { error, asked } = await play({ [path]: turns }, (app) =>
    app.send({ ...CARD, buttons: [{ label: '关', command: 'close' }] }, to, 'k'),
  );
  expect(error).toBeUndefined();
  const told = JSON.stringify(asked.at(-1)?.body);
  expect(told).toContain('已打开\\');
  expect(told).toContain('关: close');
  expect(told).not.toContain('dtmd:');
});

it('gives up when it takes offence at the plain words, too', async () => {
  const { error } = await play({ '/robot/sendBySession': [{ body: { errcode: 430101 } }] }, (app) =>
    app.send(CARD, LIVE),
  );
  expect(error).toMatchObject({ retryable: false, payloadRejected: true });
});

it.each([
  ['invalidStaffIdList', { retryable: false }],
  ['flowControlledStaffIdList', { retryable: true, throttled: true, retryAfterSeconds: 60 }],
])('does not take a person in %s for reached', async (list, facts) => {
  const script = { '/v1.0/robot/oToMessages/batchSend': [{ body: { processQueryKey: 'k', [list]: ['0147'] } }] };
  const { error } = await play(script, (app) => app.send(CARD, DIRECT));
  expect(error).toMatchObject({ code: list, ...facts });
});

it('says why it cannot write to somebody whom DingTalk did not name', async () => {
  const { error, paths } = await play({}, (app) => app.send(CARD, { id: 'cid2==', kind: 'direct' }));
  expect([error?.message, paths]).toEqual([expect.stringMatching(/publish a version of the app/), []]);
});
