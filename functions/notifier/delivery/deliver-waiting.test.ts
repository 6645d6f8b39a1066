import { randomBytes } from 'node:crypto';
import type { Severity } from '@casebell/im/webhooks';
import { SHANGHAI } from '../../shared/locale.fixture';
import { cardNamed, entryNamed, many, NOON } from '../entry.fixture';
import { createTestDeps, type TestDeps } from '../office.fixture';
import { type EmulatedTables, emulateTables } from '../outbox/dynamodb.fixture';
import { closeRooms, openTeam, type Team } from '../room.fixture';
import { deliver } from './deliver';
import { monthOf } from './rate-limit';
import { INITIAL_STATE } from './state';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

let tables: EmulatedTables;
let office: TestDeps;
let team: Team;

beforeAll(async () => {
  tables = await emulateTables();
});
afterAll(() => tables.close());
beforeEach(async () => {
  office = createTestDeps(tables.open);
  team = await openTeam('dingtalk', office);
});
afterEach(closeRooms);

const HASTY = { canSleep: false };
const wakes = () => office.queues.wakes.map(({ destination, ms }) => [destination === team.destination.id, ms]);

describe('a delivery that has to wait', () => {
  /** Six at once is DingTalk's burst. */
  const tire = async () => {
    await team.put(...many(6, (index) => entryNamed(`first ${index}`)));
    await team.deliver(HASTY);
    await team.put(entryNamed('late'));
  };

  it('and may not, orders one wake-up, and fifty further ones order none', async () => {
    await tire();
    for (let time = 0; time < 51; time += 1) await team.deliver(HASTY);
    expect([wakes(), team.told(), office.clock.slept]).toEqual([[[true, 0]], 6, []]);
  });

  it('and may, sleeps as long as the platform’s pace has it, and no wake-up is ordered', async () => {
    await tire();
    await team.deliver();
    expect([wakes(), team.told(), office.clock.slept]).toEqual([[], 7, [5 * SECOND]]);
  });

  it('and may, sleeps also when it is the one that was ordered', async () => {
    await tire();
    await team.deliver(HASTY);
    await team.deliver();
    expect([wakes(), team.told(), office.clock.slept]).toEqual([[[true, 0]], 7, [5 * SECOND]]);
  });

  it('until a later time than Lambda gives it, orders a wake-up for then, fifteen minutes ahead at most', async () => {
    const { id } = team.destination;
    await office.outbox.saveState(id, { ...INITIAL_STATE, backoffUntil: NOON + HOUR });
    await team.put(entryNamed('a'));
    await team.deliver();
    for (let time = 0; time < 5; time += 1) await team.deliver(HASTY);
    expect([wakes(), office.clock.slept]).toEqual([[[true, HOUR]], []]);
    office.clock.time += 900 * SECOND;
    await team.deliver();
    expect(wakes()).toEqual([
      [true, HOUR],
      [true, HOUR - 900 * SECOND],
    ]);
    await team.settle();
    expect([team.told(), office.clock.time]).toEqual([1, NOON + HOUR]);
  });

  it('has no time left to begin anything, leaves it to a wake-up', async () => {
    await team.put(entryNamed('a'));
    await team.deliver({ startBefore: NOON });
    expect([wakes(), team.asked]).toEqual([[[true, 0]], []]);
  });

  it('has nothing to wait for, orders nothing', async () => {
    await team.deliver(HASTY);
    await office.outbox.saveState(team.destination.id, { ...INITIAL_STATE, backoffUntil: NOON + HOUR });
    await team.deliver(HASTY);
    expect(wakes()).toEqual([]);
  });
});

describe('when the month’s messages run out', () => {
  const month = monthOf(NOON, SHANGHAI);
  const critical = (name: string) => entryNamed(name, { card: cardNamed(name, { severity: 'critical' }) });
  const spent = (sent: number) =>
    office.outbox.saveState(team.destination.id, { ...INITIAL_STATE, budget: { month, sent, lastSentAt: NOON } });
  beforeEach(async () => {
    team = await openTeam('dingtalk', office, 3_000);
  });

  it('what is not critical waits for its turn', async () => {
    await spent(2_700);
    await team.put(entryNamed('disk at 80 %'));
    await team.deliver(HASTY);
    expect([team.told(), wakes()]).toEqual([0, [[true, 4 * HOUR]]]);
  });

  it('what is critical goes at once, and takes with it what waits, because that costs no other message', async () => {
    await spent(2_700);
    await team.put(...many(30, (index) => entryNamed(`disk ${index}`)), critical('database gone'));
    await team.deliver(HASTY);
    expect(team.titles()).toEqual([expect.stringContaining('31 events · critical 1, warning 30')]);
    expect(team.room.messages[0]?.view.lines.join()).toContain('Most severe: 🔴 database gone');
  });

  it('what waits is told within four hours of the last message, however many critical ones there are', async () => {
    await spent(2_700);
    await team.put(entryNamed('disk at 80 %'));
    for (let hour = 0; hour < 12; hour += 3) {
      office.clock.time = NOON + hour * HOUR;
      await team.put(critical(`gone ${hour}`));
      await team.deliver(HASTY);
    }
    expect(await office.outbox.pending(team.destination.id)).toEqual([]);
    expect(team.told()).toBe(5);
  });

  it('a critical event is seen, however much waits before it', async () => {
    await spent(2_700);
    await team.put(
      ...many(60, (index) =>
        entryNamed(`${index}`, { card: cardNamed('fat', { quote: randomBytes(90_000).toString('base64') }) }),
      ),
    );
    await team.put(critical('database gone'));
    await team.deliver(HASTY);
    expect(team.titles()).toEqual([expect.stringContaining('critical 1')]);
  });

  it('what waits is told in one message then', async () => {
    await spent(2_000);
    await team.put(...many(30, (index) => entryNamed(`${index}`)));
    await team.settle();
    expect(team.titles()).toEqual([expect.stringContaining('30 events')]);
    expect(office.clock.time - NOON).toBeGreaterThan(2_000 * SECOND);
    expect(office.clock.time - NOON).toBeLessThan(1.1 * HOUR);
  });

  it('nobody waits in the next month', async () => {
    await spent(2_999);
    office.clock.time += 31 * 24 * HOUR;
    await team.put(entryNamed('a'));
    await team.deliver(HASTY);
    expect(team.told()).toBe(1);
  });
});

describe('news of one incident', () => {
  const news = (name: string, after: number, severity: Severity = 'critical', contentHash = name) =>
    entryNamed(
      `${name} ${after}`,
      { incident: 'alarm', contentHash, card: cardNamed(name, { severity }), enqueuedAt: NOON + after },
      { time: new Date(NOON + after).toISOString() },
    );

  it('is told as an update and an end that name the first message, each in a message of its own', async () => {
    for (const entry of [news('CPU high', 0), news('CPU 99 %', 60 * SECOND), news('OK', 120 * SECOND, 'resolved')]) {
      office.clock.time = Date.parse(entry.event.time);
      await team.put(entry);
      await team.deliver();
    }
    expect(team.titles()).toEqual(
      ['CPU high', 'Update · CPU 99 %', 'OK'].map((title) => expect.stringContaining(title)),
    );
    for (const { view } of team.room.messages.slice(1))
      expect(view.lines.join()).toContain('Follow-up: First notified 2026-05-01 20:00:00 UTC+08:00');
  });

  it('that only repeats it is folded away, uses no message, and never waits for the pace', async () => {
    await team.put(news('CPU high', 0));
    await team.deliver();
    for (let time = 1; time <= 20; time += 1) {
      await team.put(news('CPU high', time * SECOND));
      await team.deliver(HASTY);
    }
    expect(await office.outbox.pending(team.destination.id)).toEqual([]);
    expect([team.told(), wakes(), office.metrics.counts]).toEqual([
      1,
      [],
      { MessagesSent: 1, EventsDelivered: 1, EventsDeduplicated: 20 },
    ]);
  });

  it('is not taken for a repeat of itself by a delivery that was looking while another one told it', async () => {
    await team.put(news('CPU high', 0));
    const { outbox } = office;
    const slow = {
      ...outbox,
      async incidents(destination: string, names: readonly string[]) {
        slow.incidents = outbox.incidents;
        await team.deliver();
        return outbox.incidents(destination, names);
      },
    };
    const patience = { canSleep: false, startBefore: NOON + HOUR, deadline: NOON + HOUR };
    await deliver(team.destination, { ...office, outbox: slow }, patience);
    expect([team.told(), office.metrics.counts]).toEqual([1, { MessagesSent: 1, EventsDelivered: 1 }]);
  });

  it('is followed inside a digest too, in the order in which it happened', async () => {
    await team.put(news('OK', 60 * SECOND, 'resolved'), news('CPU high', 0), ...many(20, (n) => entryNamed(`${n}`)));
    await team.settle();
    expect(team.titles()).toEqual([expect.stringContaining('22 events')]);
    const known = (await office.outbox.incidents(team.destination.id, ['alarm'])).get('alarm');
    expect(known).toMatchObject({ isResolved: true, contentHash: 'OK' });
  });

  it('that was refused for good is not remembered as told', async () => {
    team.room.fault = { kind: 'answer', status: 200, body: { errcode: 300005, errmsg: 'x' }, times: 1 };
    await team.put(news('CPU high', 0));
    await team.settle();
    await team.put(news('CPU high', 60 * SECOND));
    await team.settle();
    expect(team.titles()).toEqual([expect.stringMatching(/CPU high$/)]);
  });
});
