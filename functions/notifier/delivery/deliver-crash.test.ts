import { UTC } from '../../shared/time-zone';
import { cardNamed, entryNamed, many, NOON } from '../entry.fixture';
import { createTestDeps, type TestDeps } from '../office.fixture';
import { type EmulatedTables, emulateTables } from '../outbox/dynamodb.fixture';
import type { Entry, Outbox } from '../outbox/outbox';
import { closeRooms, openTeam, type Team } from '../room.fixture';
import { deliver } from './deliver';
import { consumeToken } from './rate-limit';
import { acquireLease, INITIAL_STATE, type Message, markAccepted } from './state';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

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

const messageOf = (entry: Entry): Message => ({
  id: entry.key,
  keys: [entry.key],
  card: entry.card,
  form: 'card',
  part: 0,
  rejectionCount: 0,
});
const limits = () => team.destination.channel.rateLimits;

describe('a process that dies', () => {
  const entry = entryNamed('i-0abc stopped');
  const message = messageOf(entry);
  const stand = (
    standing = acquireLease(INITIAL_STATE, message, limits(), { now: NOON, until: NOON + MINUTE, timeZone: UTC }),
  ) => office.outbox.saveState(team.destination.id, standing);

  it('before it has sent what it had acquireLease, is followed by somebody who sends it, when its time is over', async () => {
    await team.put(entry);
    await stand();
    for (const later of [0, 30 * SECOND, MINUTE - 1]) {
      office.clock.time = NOON + later;
      await team.deliver({ canSleep: false });
      expect(team.asked).toEqual([]);
    }
    office.clock.time = NOON + MINUTE + 2 * SECOND;
    await team.deliver();
    expect([team.told(), team.asked.length]).toEqual([1, 1]);
    expect(await office.outbox.pending(team.destination.id)).toEqual([]);
  });

  it('after DingTalk has shown what it sent, has it shown once: it goes out again under the same key', async () => {
    await team.put(entry);
    const { outbox } = office;
    const saveState: Outbox['saveState'] = (id, standing) =>
      standing.message?.isAccepted ? Promise.reject(new Error('killed')) : outbox.saveState(id, standing);
    const patience = { canSleep: false, startBefore: NOON + SECOND, deadline: NOON + MINUTE };
    await expect(deliver(team.destination, { ...office, outbox: { ...outbox, saveState } }, patience)).rejects.toThrow(
      'killed',
    );
    expect(team.told()).toBe(1);
    office.clock.time = NOON + MINUTE + 2 * SECOND;
    await team.deliver();
    expect([team.told(), team.room.duplicateCount, team.asked.length]).toEqual([1, 1, 2]);
    expect(await office.outbox.pending(team.destination.id)).toEqual([]);
  });

  it('after the platform’s yes was stored, leaves nothing to send, only to finish', async () => {
    await team.put(entry);
    await stand(
      markAccepted(
        acquireLease(INITIAL_STATE, message, limits(), { now: NOON, until: NOON + MINUTE, timeZone: UTC }),
        message,
      ),
    );
    office.clock.time = NOON + MINUTE + 2 * SECOND;
    await team.deliver();
    expect(team.asked).toEqual([]);
    expect(await office.outbox.pending(team.destination.id)).toEqual([]);
    expect(await office.outbox.put(team.destination.id, entry)).toBe(false);
    expect((await office.outbox.readState(team.destination.id)).message).toBeUndefined();
  });
});

it.each(['as it likes', 'the other way round'])(
  'remembers an incident’s end when somebody else has to finish, though DynamoDB gives the entries %s',
  async (order) => {
    const news = (name: string, severity: 'critical' | 'resolved', enqueuedAt: number) =>
      entryNamed(
        name,
        { incident: 'i', contentHash: name, enqueuedAt, card: cardNamed(name, { severity }) },
        { time: '' },
      );
    const [began, ended] = [news('high', 'critical', NOON - 2), news('OK', 'resolved', NOON - 1)];
    await team.put(began, ended);
    const message: Message = { ...messageOf(began), id: 'm', keys: [began.key, ended.key], isAccepted: true };
    const { outbox } = office;
    await outbox.saveState(team.destination.id, { ...INITIAL_STATE, message });
    const pendingByKey: Outbox['pendingByKey'] = async (id, keys) =>
      (await outbox.pendingByKey(id, keys)).sort((one, other) =>
        order === 'as it likes' ? one.enqueuedAt - other.enqueuedAt : other.enqueuedAt - one.enqueuedAt,
      );
    const patience = { canSleep: false, startBefore: NOON + SECOND, deadline: NOON + MINUTE };
    await deliver(team.destination, { ...office, outbox: { ...outbox, pendingByKey } }, patience);
    const known = (await outbox.incidents(team.destination.id, ['i'])).get('i');
    expect(known).toMatchObject({ contentHash: 'OK', isResolved: true });
  },
);

it('shows a message once whose answer was lost on the way', async () => {
  team.room.fault = { kind: 'lost', times: 2 };
  await team.put(entryNamed('i-0abc stopped'));
  await team.settle();
  expect([team.told(), team.room.duplicateCount, team.asked.length]).toEqual([1, 2, 3]);
});

describe('a card of several messages', () => {
  const quote = '实例运行所在的硬件已降级。'.repeat(1_000);
  const entry = entryNamed('long', { card: cardNamed('long', { quote }) });
  const parts = () => team.titles().map((title) => /\((\d)\/(\d)\)$/.exec(title)?.[0]);

  it('goes on at the part that it had reached, under a key of its own each', async () => {
    await team.put(entry);
    team.room.fault = { kind: 'answer', status: 500, times: 1 };
    await office.outbox.saveState(team.destination.id, {
      ...INITIAL_STATE,
      buckets: consumeToken([], limits(), NOON),
      message: { ...messageOf(entry), part: 1, rejectionCount: 0 },
    });
    await team.settle();
    expect(parts()).toEqual(['(2/3)', '(3/3)']);
    const keys = team.room.messages.map(({ payload }) => Object(payload).msgUuid);
    expect(new Set(keys).size).toBe(2);
    expect(keys).toEqual([expect.stringMatching(/-2-/), expect.stringMatching(/-3-/)]);
  });

  it('keeps the platform’s pace over its parts, and is one event', async () => {
    await team.put(...many(4, (index) => ({ ...entry, key: `long-${index}` })));
    await team.settle();
    expect(parts()).toHaveLength(12);
    expect(team.room.rejections).toEqual([]);
    expect(office.metrics.counts.EventsDelivered).toBe(4);
  });
});

/** Dies at its nth step: before that step has reached the table or the queue, or after. */
function mortal(step: number, when: 'before' | 'after'): TestDeps {
  let steps = 0;
  const dying =
    <Arguments extends unknown[], Result>(work: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      steps += 1;
      if (steps > step || (steps === step && when === 'before')) throw new Error('killed');
      const result = await work(...given);
      if (steps === step) throw new Error('killed');
      return result;
    };
  const { outbox, queues } = office;
  const mortalOutbox: Outbox = {
    ...outbox,
    readState: dying(outbox.readState),
    saveState: dying(outbox.saveState),
    pending: dying(outbox.pending),
    incidents: dying(outbox.incidents),
    markProcessed: dying(outbox.markProcessed),
    pendingByKey: dying(outbox.pendingByKey),
  };
  return { ...office, outbox: mortalOutbox, queues: { ...queues, sendToDlq: dying(queues.sendToDlq) } };
}

describe.each(['before', 'after'] as const)('whoever is killed %s any of its steps', (when) => {
  const hasty = () => ({
    canSleep: false,
    startBefore: office.clock.time + 3 * SECOND,
    deadline: office.clock.time + MINUTE,
  });

  it('has every event told once on DingTalk, single ones and a digest', async () => {
    let put = 0;
    for (let step = 1; step <= 16; step += 1) {
      const count = step % 2 ? 2 : 20;
      const [from, enqueuedAt] = [put, office.clock.time];
      await team.put(...many(count, (index) => entryNamed(`event ${from + index}`, { enqueuedAt })));
      put += count;
      await deliver(team.destination, mortal(step, when), hasty()).catch(() => undefined);
      office.clock.time += MINUTE;
      await team.settle();
      office.clock.time += 2 * MINUTE;
      expect([step, team.told()]).toEqual([step, put]);
    }
    expect(team.room.rejections).toEqual([]);
  });

  it('has every event that is refused for good among the dead letters', async () => {
    for (let step = 1; step <= 10; step += 1) {
      office.queues.letters = [];
      team.room.fault = { kind: 'answer', status: 200, body: { errcode: 300005, errmsg: 'x' }, times: 9 };
      const entries = many(20, (index) => entryNamed(`${step}-${index}`));
      await team.put(...entries);
      await deliver(team.destination, mortal(step, when), hasty()).catch(() => undefined);
      office.clock.time += MINUTE;
      await team.settle();
      office.clock.time += 2 * MINUTE;
      expect(new Set(office.queues.letters.map(({ entry }) => entry.key)).size).toBe(20);
    }
    expect(team.told()).toBe(0);
  });
});
