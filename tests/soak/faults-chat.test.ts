import type { PlatformName } from '../../local/chat/platforms';
import type { Fault } from '../../local/chat/rooms';
import { createMetricsReader } from '../../local/metrics';
import { accountedFor, type FaultWorld, nameOf, openFaultWorld } from './fault-world.fixture';

const COUNT = 20;
let runtime: FaultWorld;
let next = 0;
beforeAll(async () => {
  runtime = await openFaultWorld();
});
afterAll(() => runtime.close());

const refusal = (status: number, body: unknown): Omit<Fault, 'times'> => ({ kind: 'answer', status, body });
const code = (errcode: number, errmsg: string) => refusal(200, { errcode, errmsg });

/** What goes wrong with the next two requests, and passes. */
const PASSING: [what: string, platform: PlatformName, fault: Omit<Fault, 'times'>][] = [
  ['HTTP 500', 'slack', refusal(500, 'rollup_error')],
  ['HTTP 502 of a proxy', 'feishu', refusal(502, '<html>Bad Gateway</html>')],
  ['HTTP 503', 'teams', refusal(503, '')],
  ['"busy" in an HTTP 200', 'dingtalk', code(-1, 'system busy')],
  ['a throttle in an HTTP 200', 'wecom', code(45009, 'api freq out of limit')],
  ['a throttle in an HTTP 200', 'feishu', refusal(200, { code: 11232, msg: 'frequency limited' })],
  ['HTTP 429', 'slack', { ...refusal(429, 'rate_limited'), headers: { 'Retry-After': '30' } }],
  ['no answer at all', 'wecom', { kind: 'hang' }],
  ['slow answers', 'teams', { kind: 'slow', delayMs: 150 }],
  ['a connection that is reset before the request was read', 'feishu', { kind: 'reset' }],
  ['a connection that is reset after the message was shown', 'dingtalk', { kind: 'lost' }],
];

it.each(PASSING)(
  '%s on %s loses nothing and tells nothing twice',
  async (_, platform, fault) => {
    const before = runtime.chats.rooms.map(accountedFor);
    runtime.room(platform).fault = { ...fault, times: 2 };
    await runtime.storm(COUNT, next);
    next += COUNT;
    await runtime.settled();
    expect(runtime.chats.rooms.map(accountedFor)).toEqual(before.map((count) => count + COUNT));
    expect(await runtime.deadLetters()).toEqual([]);
  },
  70_000,
);

it('a robot that is banned for ten minutes is called once, and delays no other chat', async () => {
  const own = await openFaultWorld();
  const banned = own.room('dingtalk');
  banned.fault = { ...code(130101, 'send too fast, exceed 20 times per minute'), times: 1 };
  await own.storm(COUNT, 1);
  const began = own.clock.now();
  await own.settled();
  const took = (own.clock.now() - began) / 1000;
  await own.close();
  expect(own.chats.rooms.map(accountedFor)).toEqual([COUNT, COUNT, COUNT, COUNT, COUNT]);
  expect(banned.rejections).toHaveLength(1);
  expect(took).toBeGreaterThan(600);
  for (const { platform, messages } of own.chats.rooms)
    expect([platform, ((messages.at(-1)?.at ?? 0) - began) / 1000 < 100]).toEqual([platform, platform !== 'dingtalk']);
}, 70_000);

it('a message is shown twice only when the answer was lost and the platform has no idempotency keys', async () => {
  const before = runtime.chats.rooms.map(({ messages }) => messages.length);
  for (const platform of ['dingtalk', 'feishu'] as const) runtime.room(platform).fault = { kind: 'lost', times: 1 };
  await runtime.storm(1, next);
  next += 1;
  await runtime.settled();
  const shown = runtime.chats.rooms.map(({ platform, messages }, index) => [
    platform,
    messages.length - (before[index] ?? 0),
  ]);
  expect(Object.fromEntries(shown)).toEqual({ dingtalk: 1, feishu: 2, wecom: 1, slack: 1, teams: 1 });
}, 70_000);

/** What never passes: each event ends among the dead letters, with a reason a person understands. */
const FINAL: [what: string, platform: PlatformName, fault: Omit<Fault, 'times'>, reason: RegExp][] = [
  ['a robot that is gone', 'dingtalk', code(300005, 'token is not exist'), /no robot with this access_token/],
  ['a keyword that is missing', 'dingtalk', code(310000, 'keywords not in content'), /requires one of its keywords/],
  ['a wrong signature', 'feishu', refusal(200, { code: 19021, msg: 'sign match fail' }), /signature is wrong/],
  ['a robot that was removed', 'wecom', code(93000, 'invalid webhook url'), /no robot with this key/],
  ['a webhook that was removed', 'slack', refusal(404, 'no_service'), /does not exist any more/],
  ['a Workflow whose url changed', 'teams', refusal(401, ''), /signature in the url is not valid/],
];

it.each(FINAL)(
  '%s on %s makes the event a dead letter with the reason, and the other chats receive it',
  async (_, platform, fault, why) => {
    const own = await openFaultWorld();
    own.room(platform).fault = { ...fault, times: 100 };
    await own.storm(3, 1);
    await own.settled();
    const letters = await own.deadLetters();
    await own.close();
    const counts = own.chats.rooms.filter((room) => room.platform !== platform).map(accountedFor);
    expect(counts).toEqual([3, 3, 3, 3]);
    expect(letters.length).toBe(3);
    for (const letter of letters) expect(JSON.parse(letter).detail.reason).toMatch(why);
    const metrics = createMetricsReader();
    for (const line of own.lines) metrics.read(line);
    expect([metrics.total('EventsReceived'), metrics.by('EventsRejected', 'platform')[platform]]).toEqual([3, 3]);
  },
  70_000,
);

it('a card that a platform rejects is sent once as plain text', async () => {
  const { messages, rejections } = runtime.room('dingtalk');
  const had = messages.length;
  rejections.length = 0;
  runtime.room('dingtalk').fault = { ...code(430102, 'unsafe text'), times: 1 };
  await runtime.storm(1, next);
  next += 1;
  await runtime.settled();
  const shown = messages.slice(had);
  expect(rejections).toHaveLength(1);
  expect(shown.map(({ payload }) => Object(payload).msgtype)).toEqual(['text']);
  expect(JSON.stringify(shown[0]?.payload)).toContain(nameOf(next - 1));
}, 70_000);

it('an event on which a platform fails does not delay other events', async () => {
  const own = await openFaultWorld();
  own.room('feishu').fault = { ...refusal(500, 'internal error'), times: 1_000, bodyContains: nameOf(7) };
  await own.storm(30, 1);
  const deadline = own.clock.now() + 600_000;
  while (accountedFor(own.room('feishu')) < 29 && own.clock.now() < deadline) await own.stack.idle(200);
  const before = accountedFor(own.room('feishu'));
  delete own.room('feishu').fault;
  await own.settled();
  const letters = await own.deadLetters();
  await own.close();
  expect(before).toBe(29);
  // By then it may be among the dead letters: the platform took others, so it was not the platform.
  expect(accountedFor(own.room('feishu')) + letters.length).toBe(30);
  expect(own.chats.rooms.map(accountedFor)).toEqual([30, 30 - letters.length, 30, 30, 30]);
}, 600_000);
