import { createTestDeps, type TestDeps } from '../deps.fixture';
import { cannotSleep, openDestination, type TestDestination } from '../destination.fixture';
import { cardNamed, entryNamed, many, NOON } from '../entry.fixture';
import type { Entry, Outbox } from '../outbox/outbox';
import { deliver } from './deliver';
import { consumeToken } from './rate-limit';
import { acquireLease, INITIAL_STATE, type Message, markAccepted } from './state';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

let deps: TestDeps;
let destination: TestDestination;
beforeEach(() => {
  deps = createTestDeps();
  destination = openDestination('dingtalk', deps);
});

const messageOf = (entry: Entry): Message => ({
  id: entry.key,
  keys: [entry.key],
  card: entry.card,
  form: 'card',
  part: 0,
  rejectionCount: 0,
});
const leased = (message: Message) => {
  const lease = { now: NOON, until: NOON + MINUTE, timeZone: deps.timeZone };
  return acquireLease(INITIAL_STATE, message, destination.channel.rateLimits, lease);
};
const run = (more: Partial<TestDeps> = {}) => {
  const now = deps.clock.time;
  const time = { canSleep: false, startBefore: now + 3 * SECOND, deadline: now + MINUTE };
  return deliver(destination, { ...deps, ...more }, time);
};
const pending = () => deps.outbox.pending(destination.id);

describe('a notifier that dies', () => {
  const entry = entryNamed('i-0abc stopped');
  const message = messageOf(entry);

  it('before it sends is followed by another one, once its lease has expired', async () => {
    await destination.put(entry);
    await deps.outbox.saveState(destination.id, leased(message));
    for (const later of [0, 30 * SECOND, MINUTE - 1]) {
      deps.clock.time = NOON + later;
      await destination.deliver(cannotSleep);
      expect(destination.chat.requests).toEqual([]);
    }
    deps.clock.time = NOON + MINUTE + 2 * SECOND;
    await destination.deliver();
    expect([destination.eventCount(), destination.chat.requests.length, await pending()]).toEqual([1, 1, []]);
  });

  it('after DingTalk has shown its message is followed by one with the same idempotency key, which is not shown', async () => {
    await destination.put(entry);
    const saveState: Outbox['saveState'] = (id, state) =>
      state.message?.isAccepted ? Promise.reject(new Error('killed')) : deps.outbox.saveState(id, state);
    await expect(run({ outbox: { ...deps.outbox, saveState } })).rejects.toThrow('killed');
    expect(destination.eventCount()).toBe(1);
    deps.clock.time = NOON + MINUTE + 2 * SECOND;
    await destination.deliver();
    const { chat } = destination;
    expect([destination.eventCount(), chat.duplicates, chat.requests.length, await pending()]).toEqual([1, 1, 2, []]);
  });

  it('after it has stored that the message was accepted leaves only the entries to mark', async () => {
    await destination.put(entry);
    await deps.outbox.saveState(destination.id, markAccepted(leased(message), message));
    deps.clock.time = NOON + MINUTE + 2 * SECOND;
    await destination.deliver();
    expect([destination.chat.requests, await pending()]).toEqual([[], []]);
    expect(await deps.outbox.put(destination.id, entry)).toBe(false);
    expect((await deps.outbox.readState(destination.id)).message).toBeUndefined();
  });

  it.each(['oldest', 'newest'])(
    'leaves an incident whose end another one stores, reading the %s entry first',
    async (order) => {
      const news = (name: string, severity: 'critical' | 'resolved', enqueuedAt: number) =>
        entryNamed(
          name,
          { incident: 'i', contentHash: name, enqueuedAt, card: cardNamed(name, { severity }) },
          { time: '' },
        );
      const [began, ended] = [news('high', 'critical', NOON - 2), news('OK', 'resolved', NOON - 1)];
      await destination.put(began, ended);
      const accepted: Message = { ...messageOf(began), id: 'm', keys: [began.key, ended.key], isAccepted: true };
      await deps.outbox.saveState(destination.id, { ...INITIAL_STATE, message: accepted });
      const pendingByKey: Outbox['pendingByKey'] = async (id, keys) => {
        const entries = await deps.outbox.pendingByKey(id, keys);
        return order === 'oldest' ? entries : entries.reverse();
      };
      await run({ outbox: { ...deps.outbox, pendingByKey } });
      const known = (await deps.outbox.incidents(destination.id, ['i'])).get('i');
      expect(known).toMatchObject({ contentHash: 'OK', isResolved: true });
    },
  );
});

describe('a card of several messages', () => {
  const quote = '实例运行所在的硬件已降级。'.repeat(1_000);
  const entry = entryNamed('long', { card: cardNamed('long', { quote }) });
  const parts = () => destination.chat.messages.map(({ part, parts }) => `${part}/${parts}`);

  it('is resumed at the part that was reached; each part has its own idempotency key', async () => {
    await destination.put(entry);
    destination.chat.fault = { answer: { reason: 'HTTP 500', retryable: true }, times: 1 };
    await deps.outbox.saveState(destination.id, {
      ...INITIAL_STATE,
      buckets: consumeToken([], destination.channel.rateLimits, NOON),
      message: { ...messageOf(entry), part: 1 },
    });
    await destination.drain();
    expect(parts()).toEqual(['2/3', '3/3']);
    expect(destination.chat.messages.map(({ key }) => key.replace(/^.*-card/, ''))).toEqual(['-2-1', '-3-1']);
  });

  it('keeps the rate limit with its parts, and counts as one event', async () => {
    await destination.put(...many(4, (index) => ({ ...entry, key: `long-${index}` })));
    await destination.drain();
    expect(parts()).toHaveLength(12);
    expect([destination.chat.throttled, deps.metrics.counts.EventsDelivered]).toEqual([0, 4]);
  });
});

/** Deps that fail at and after the nth call of a port: before that call has an effect, or after. */
function killedAt(call: number, when: 'before' | 'after'): Partial<TestDeps> {
  let calls = 0;
  const mortal =
    <Arguments extends unknown[], Result>(work: (...given: Arguments) => Promise<Result>) =>
    async (...given: Arguments): Promise<Result> => {
      calls += 1;
      if (calls > call || (calls === call && when === 'before')) throw new Error('killed');
      const result = await work(...given);
      if (calls === call) throw new Error('killed');
      return result;
    };
  const { outbox, queues } = deps;
  return {
    outbox: {
      ...outbox,
      readState: mortal(outbox.readState),
      saveState: mortal(outbox.saveState),
      pending: mortal(outbox.pending),
      incidents: mortal(outbox.incidents),
      markProcessed: mortal(outbox.markProcessed),
      pendingByKey: mortal(outbox.pendingByKey),
    },
    queues: { ...queues, sendToDlq: mortal(queues.sendToDlq) },
  };
}

describe.each(['before', 'after'] as const)('a notifier that dies %s each call of a port', (when) => {
  it('has every event delivered once, single ones and a digest', async () => {
    let put = 0;
    for (let call = 1; call <= 20; call += 1) {
      const count = call % 2 ? 2 : 20;
      const [from, enqueuedAt] = [put, deps.clock.time];
      await destination.put(...many(count, (index) => entryNamed(`event ${from + index}`, { enqueuedAt })));
      put += count;
      await run(killedAt(call, when)).catch(() => undefined);
      deps.clock.time += MINUTE;
      await destination.drain();
      deps.clock.time += 2 * MINUTE;
      expect([call, destination.eventCount()]).toEqual([call, put]);
    }
    expect(destination.chat.throttled).toBe(0);
  });

  it('has every event that is rejected for good among the dead letters', async () => {
    for (let call = 1; call <= 12; call += 1) {
      deps.queues.deadLetters = [];
      destination.chat.fault = { answer: { reason: 'no robot', retryable: false }, times: 9 };
      await destination.put(...many(20, (index) => entryNamed(`${call}-${index}`)));
      await run(killedAt(call, when)).catch(() => undefined);
      deps.clock.time += MINUTE;
      await destination.drain();
      deps.clock.time += 2 * MINUTE;
      expect([call, new Set(deps.queues.deadLetters.map(({ entry }) => entry.key)).size]).toEqual([call, 20]);
    }
    expect(destination.eventCount()).toBe(0);
  });
});
