import type { PlatformName } from '../../../local/chat/platforms';
import { entryNamed, many, NOON } from '../entry.fixture';
import { createTestDeps, type TestDeps } from '../office.fixture';
import { type EmulatedTables, emulateTables } from '../outbox/dynamodb.fixture';
import { seeded } from '../random.fixture';
import { closeRooms, openTeam } from '../room.fixture';
import { deliverAll } from './deliver';

const PLATFORMS: PlatformName[] = ['dingtalk', 'feishu', 'wecom', 'slack', 'teams'];
const SECOND = 1_000;

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

const entries = (count: number, from = 0) =>
  many(count, (index) => entryNamed(`i-${from + index}`, { enqueuedAt: office.clock.time + index }));

describe.each(PLATFORMS)('on %s', (platform) => {
  it('a lone event is told at once, as itself', async () => {
    const team = await openTeam(platform, office);
    await team.put(entryNamed('i-0abc stopped'));
    await team.deliver();
    expect(team.titles()).toEqual([expect.stringContaining('i-0abc stopped')]);
    expect([office.clock.slept, office.queues.wakes, team.room.messages[0]?.at]).toEqual([[], [], NOON]);
    expect(office.metrics.counts).toEqual({ MessagesSent: 1, EventsDelivered: 1 });
  });

  it('hours of storm and calm are told to the last event, once, and the platform never throttles', async () => {
    const [team, random] = [await openTeam(platform, office), seeded(platform.length)];
    let put = 0;
    for (let round = 0; round < 60; round += 1) {
      const burst = random() < 0.2 ? 40 : Math.floor(random() * 3);
      await team.put(...entries(burst, put));
      put += burst;
      await team.deliver({ startBefore: office.clock.time + random() * 30 * SECOND });
      office.clock.time += random() ** 4 * 120 * SECOND;
    }
    await team.settle();
    expect([team.room.rejections, team.told()]).toEqual([[], put]);
    expect(office.metrics.counts).toMatchObject({ EventsDelivered: put, MessagesSent: team.room.messages.length });
  });
});

it('tells eight events on DingTalk one by one, because that takes no ten seconds, in the order they happened', async () => {
  const team = await openTeam('dingtalk', office);
  await team.put(...entries(8));
  await team.settle();
  expect(team.titles()).toEqual(many(8, (index) => expect.stringMatching(new RegExp(`i-${index}$`))));
  expect(office.clock.time - NOON).toBeLessThanOrEqual(10 * SECOND);
  expect(office.metrics.counts.EventsBatched).toBeUndefined();
});

it('tells thirty that wait on DingTalk in one message, whose counts add up', async () => {
  const team = await openTeam('dingtalk', office);
  await team.put(...entries(30));
  await team.settle();
  expect(team.titles()).toEqual([expect.stringMatching(/30 events · warning 30 · 2026-05-01 20:00:00 UTC\+08:00$/)]);
  expect(team.room.rejections).toEqual([]);
  expect(office.metrics.counts).toMatchObject({ EventsDelivered: 30, EventsBatched: 30 });
});

it('tells what comes in while it sends in the next message, not never', async () => {
  const team = await openTeam('dingtalk', office);
  for (let number = 0; number < 40; number += 1) {
    await team.put(...entries(1, number));
    await team.deliver({ startBefore: office.clock.time });
    await team.deliver({ canSleep: false, startBefore: office.clock.time + 3 * SECOND });
    office.clock.time += 500;
  }
  await team.settle();
  expect([team.told(), team.room.rejections]).toEqual([40, []]);
  expect(team.room.messages.length).toBeLessThan(20);
});

it('tells four thousand that wait, three thousand of them in the first message', async () => {
  const team = await openTeam('slack', office);
  const all = entries(4_000);
  for (let from = 0; from < all.length; from += 500) await team.put(...all.slice(from, from + 500));
  await team.settle();
  expect(team.titles()).toEqual([expect.stringContaining('3000 events'), expect.stringContaining('1000 events')]);
}, 60_000);

it('tells each event once, however many deliveries race for one team', async () => {
  const team = await openTeam('wecom', office);
  team.room.fault = { kind: 'slow', delayMs: 30, times: 99 };
  await team.put(...entries(5));
  await Promise.all(many(20, () => team.deliver({ canSleep: false })));
  expect([team.told(), team.asked.length, team.room.messages.length]).toEqual([5, 5, 5]);
});

describe('several teams', () => {
  const hasty = () => ({
    canSleep: false,
    startBefore: office.clock.time + 3 * SECOND,
    deadline: office.clock.time + 60 * SECOND,
  });

  it('are told at the same time, so that a slow platform delays nobody else', async () => {
    const [slow, quick] = [await openTeam('wecom', office), await openTeam('dingtalk', office)];
    slow.room.fault = { kind: 'slow', delayMs: 200, times: 99 };
    await Promise.all([slow.put(...entries(5)), quick.put(...entries(5))]);
    const delivery = deliverAll([slow.destination, quick.destination], office, hasty());
    while (quick.told() < 5) await new Promise(setImmediate);
    expect(slow.told()).toBeLessThan(5);
    await delivery;
    expect(slow.told()).toBe(5);
  });

  it('do not suffer from one whose delivery fails: that is logged, and nothing of it is lost', async () => {
    const [broken, sound] = [await openTeam('slack', office), await openTeam('dingtalk', office)];
    await Promise.all([broken.put(...entries(1)), sound.put(...entries(1))]);
    const standing = (id: string) =>
      id === broken.destination.id ? Promise.reject(new Error('no table')) : office.outbox.readState(id);
    const failing = { ...office, outbox: { ...office.outbox, standing } };
    await deliverAll([broken.destination, sound.destination], failing, hasty());
    const line = { event: 'delivery.interrupted', destination: broken.destination.id, reason: 'Error: no table' };
    expect(office.log.lines).toContainEqual({ level: 'error', ...line });
    expect([sound.told(), broken.told()]).toEqual([1, 0]);
    await broken.settle();
    expect(broken.told()).toBe(1);
  });
});
