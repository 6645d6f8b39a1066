import type { PlatformName } from '../../../local/chat/platforms';
import type { Fault } from '../../../local/chat/rooms';
import { cardNamed, entryNamed, many, NOON } from '../entry.fixture';
import { createTestDeps, type TestDeps } from '../office.fixture';
import { type EmulatedTables, emulateTables } from '../outbox/dynamodb.fixture';
import { closeRooms, openTeam } from '../room.fixture';

const SECOND = 1_000;
type Answer = Omit<Fault, 'times'>;

let tables: EmulatedTables;
let office: TestDeps;

beforeAll(async () => {
  tables = await emulateTables();
});
afterAll(() => tables.close());
beforeEach(() => {
  office = createTestDeps(tables.open);
});
afterEach(closeRooms);

const http = (status: number, body: unknown, headers?: Record<string, string>): Answer => ({
  kind: 'answer',
  status,
  body,
  ...(headers && { headers }),
});
const errcode = (code: number, errmsg = 'x'): Answer => http(200, { errcode: code, errmsg });

it.each<[PlatformName, Answer, code: string, RegExp]>([
  ['dingtalk', errcode(300005), '300005', /no robot with this access_token/],
  ['dingtalk', errcode(310000, 'sign not match'), '310000', /signature is wrong/],
  ['dingtalk', errcode(310000, 'keywords not in content'), '310000', /wants one of its keywords/],
  ['feishu', http(200, { code: 19001, msg: 'param invalid' }), '19001', /no bot with this webhook url/],
  ['wecom', errcode(93008), '93008', /not in the group any more/],
  ['slack', http(404, 'no_service'), 'no_service', /does not exist any more/],
  ['teams', http(401, ''), 'HTTP 401', /copy the url from the Workflow again/],
])(
  'a permanent refusal of %s buries the event with the reason, at the first try',
  async (platform, fault, code, why) => {
    const team = await openTeam(platform, office);
    team.room.fault = { ...fault, times: 9 };
    const entry = entryNamed('i-0abc stopped');
    await team.put(entry);
    await team.settle();
    const { id } = team.destination;
    expect(office.queues.letters).toEqual([{ destination: id, platform, reason: expect.stringMatching(why), entry }]);
    expect([team.asked.length, office.metrics.dimensions.EventsRejected]).toEqual([1, [{ platform, code }]]);
    expect(JSON.stringify([office.log.lines, office.queues.letters])).not.toMatch(/0123456789abcdef|X{9}/);
  },
);

it('buries every event of a digest, and goes on with the next message', async () => {
  const team = await openTeam('dingtalk', office);
  team.room.fault = { ...errcode(300005), times: 1 };
  await team.put(...many(30, (index) => entryNamed(`${index}`)));
  await team.deliver();
  expect(new Set(office.queues.letters.map(({ entry }) => entry.key)).size).toBe(30);
  await team.put(entryNamed('afterwards'));
  await team.settle();
  expect([team.told(), office.queues.letters.length, office.metrics.counts.EventsRejected]).toEqual([1, 30, 30]);
});

it.each<[PlatformName, Answer]>([
  ['dingtalk', errcode(430102)],
  ['feishu', http(200, { code: 230099, msg: 'Failed to create card content' })],
  ['wecom', errcode(40058)],
  ['slack', http(400, 'invalid_blocks')],
  ['teams', http(400, '')],
])('a card that %s takes offence at gets one try as plain text', async (platform, fault) => {
  const team = await openTeam(platform, office);
  team.room.fault = { ...fault, times: 1 };
  await team.put(entryNamed('i-0abc stopped'));
  await team.settle();
  expect([team.asked.length, team.room.messages.length, office.queues.letters]).toEqual([2, 1, []]);
  expect(JSON.stringify(team.room.messages[0]?.payload)).toContain('i-0abc stopped');
});

it('a card that is refused as plain text too is dead', async () => {
  const team = await openTeam('dingtalk', office);
  team.room.fault = { ...errcode(430102), times: 9 };
  await team.put(entryNamed('bad words'));
  await team.settle();
  expect(team.asked).toHaveLength(2);
  expect(office.queues.letters).toEqual([expect.objectContaining({ reason: expect.stringMatching(/took offence/) })]);
});

it('a digest that a platform takes offence at is told as its counts', async () => {
  const team = await openTeam('dingtalk', office);
  team.room.fault = { ...errcode(430102), times: 1 };
  const cards = many(30, (index) => cardNamed(`bad words ${index}`, { quote: 'bad words' }));
  await team.put(...cards.map((card, index) => entryNamed(`${index}`, { card })));
  await team.settle();
  const payload = JSON.stringify(team.room.messages.map(({ payload }) => payload));
  expect(payload).toMatch(/30 events.*30 × ec2-state/);
  expect(payload).not.toContain('bad words');
});

it.each<[PlatformName, Answer, string]>([
  ['dingtalk', errcode(-1), 'busy'],
  ['dingtalk', { kind: 'hang' }, 'silent'],
  ['feishu', { kind: 'reset' }, 'cut off'],
  ['wecom', http(200, '<html>sign in</html>'), 'behind a proxy'],
  ['slack', http(500, 'rollup_error'), 'in trouble'],
  ['teams', http(503, ''), 'not there'],
])('%s is asked again, ever later, while it answers with %o', async (platform, fault) => {
  const team = await openTeam(platform, office);
  team.room.fault = { ...fault, times: 5 };
  await team.put(entryNamed('i-0abc stopped'));
  await team.settle();
  const gaps = team.asked.slice(1).map((at, index) => Math.round((at - (team.asked[index] ?? 0)) / SECOND));
  expect(gaps).toEqual([2, 3, 6, 12, 24]);
  expect([team.told(), office.queues.letters]).toEqual([1, []]);
});

it('forgets its failures when a message has arrived', async () => {
  const team = await openTeam('slack', office);
  for (const name of ['a', 'b']) {
    team.room.fault = { ...http(500, ''), times: 3 };
    await team.put(entryNamed(name));
    await team.settle();
  }
  const gaps = team.asked.slice(1).map((at, index) => at - (team.asked[index] ?? 0));
  expect(gaps.slice(4)).toEqual(gaps.slice(0, 3));
});

it.each<[PlatformName, Answer, seconds: number]>([
  ['dingtalk', errcode(130101, 'send too fast'), 600],
  ['wecom', errcode(45009), 60],
  ['feishu', http(200, { code: 11232, msg: 'frequency limited' }), 5],
  ['slack', http(429, 'rate_limited', { 'Retry-After': '37' }), 37],
])('%s is left alone for as long as it says when it throttles, by everybody', async (platform, fault, seconds) => {
  const team = await openTeam(platform, office);
  team.room.fault = { ...fault, times: 1 };
  await team.put(entryNamed('first'));
  await team.deliver({ canSleep: false, startBefore: NOON + 3 * SECOND });
  for (let round = 0; round < 20; round += 1) {
    await team.put(entryNamed(`${round}`));
    await team.deliver({ canSleep: false, startBefore: NOON + 3 * SECOND });
  }
  expect([team.asked, office.metrics.counts.DeliveriesThrottled, office.queues.wakes.length]).toEqual([[NOON], 1, 1]);
  await team.settle();
  expect((team.asked[1] ?? 0) - NOON).toBeGreaterThanOrEqual(seconds * SECOND);
  expect((team.asked[1] ?? 0) - NOON).toBeLessThan((seconds + 62) * SECOND);
  expect([team.told(), team.room.rejections.length]).toEqual([21, 1]);
});

it('sits out DingTalk’s ban of ten minutes with one request', async () => {
  const team = await openTeam('dingtalk', office);
  /** A person uses the same robot. */
  for (let sent = 0; sent < 20; sent += 1)
    await team.destination.channel.post({ msgtype: 'text', text: { content: 'Casebell' } });
  team.asked.length = 0;
  await team.put(...many(5, (index) => entryNamed(`${index}`)));
  await team.settle();
  expect([team.told() - 20, team.room.rejections.length]).toEqual([5, 1]);
});
