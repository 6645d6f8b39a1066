import type { Severity } from '@casebell/im/webhooks';
import { SHANGHAI } from '../../shared/locale.fixture';
import { createTestDeps, type TestDeps } from '../deps.fixture';
import { cannotSleep, openDestination, type TestDestination } from '../destination.fixture';
import { cardNamed, entryNamed, many, NOON } from '../entry.fixture';
import { deliver } from './deliver';
import { monthOf } from './rate-limit';
import { INITIAL_STATE } from './state';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

let deps: TestDeps;
let destination: TestDestination;
beforeEach(() => {
  deps = createTestDeps();
  destination = openDestination('dingtalk', deps);
});

const delays = () => deps.queues.scheduled.map(({ delayMs }) => delayMs);

describe('a delivery that has to wait for the rate limit', () => {
  /** DingTalk's burst is six messages. */
  const useBurst = async () => {
    await destination.put(...many(6, (index) => entryNamed(`first ${index}`)));
    await destination.deliver(cannotSleep);
    await destination.put(entryNamed('late'));
  };

  it('schedules one wake-up where it cannot sleep, and fifty further deliveries schedule none', async () => {
    await useBurst();
    for (let time = 0; time < 51; time += 1) await destination.deliver(cannotSleep);
    expect(deps.queues.scheduled).toEqual([{ destination: destination.id, delayMs: 0 }]);
    expect([destination.eventCount(), deps.clock.slept]).toEqual([6, []]);
  });

  it.each([
    ['where it can, and schedules no wake-up', []],
    ['although a wake-up is scheduled: it may be that wake-up', [0]],
  ])('sleeps until the next token %s', async (_, scheduled) => {
    await useBurst();
    if (scheduled.length) await destination.deliver(cannotSleep);
    await destination.deliver();
    expect([delays(), destination.eventCount(), deps.clock.slept]).toEqual([scheduled, 7, [5 * SECOND]]);
  });

  it('schedules a wake-up at most 15 minutes ahead where the wait is longer than its invocation', async () => {
    await deps.outbox.saveState(destination.id, { ...INITIAL_STATE, backoffUntil: NOON + HOUR });
    await destination.put(entryNamed('a'));
    await destination.deliver();
    for (let time = 0; time < 5; time += 1) await destination.deliver(cannotSleep);
    expect([delays(), deps.clock.slept]).toEqual([[HOUR], []]);
    deps.clock.time += 900 * SECOND;
    await destination.deliver();
    expect(delays()).toEqual([HOUR, HOUR - 900 * SECOND]);
    await destination.drain();
    expect([destination.eventCount(), deps.clock.time]).toEqual([1, NOON + HOUR]);
  });

  it('leaves the message to a wake-up where no time is left to begin it', async () => {
    await destination.put(entryNamed('a'));
    await destination.deliver({ startBefore: NOON });
    expect([delays(), destination.chat.requests]).toEqual([[0], []]);
  });

  it('schedules nothing where nothing is pending', async () => {
    await destination.deliver(cannotSleep);
    await deps.outbox.saveState(destination.id, { ...INITIAL_STATE, backoffUntil: NOON + HOUR });
    await destination.deliver(cannotSleep);
    expect(delays()).toEqual([]);
  });
});

describe('a destination whose monthly messages run out', () => {
  const month = monthOf(NOON, SHANGHAI);
  const critical = (name: string) => entryNamed(name, { card: cardNamed(name, { severity: 'critical' }) });
  const spend = (sent: number) =>
    deps.outbox.saveState(destination.id, { ...INITIAL_STATE, budget: { month, sent, lastSentAt: NOON } });
  beforeEach(() => {
    destination = openDestination('dingtalk', deps, 3_000);
  });

  it('holds back events that are not critical', async () => {
    await spend(2_700);
    await destination.put(entryNamed('disk at 80 %'));
    await destination.deliver(cannotSleep);
    expect([destination.eventCount(), delays()]).toEqual([0, [4 * HOUR]]);
  });

  it('gets a critical event at once, together with all that is pending, because that costs no further message', async () => {
    await spend(2_700);
    await destination.put(...many(30, (index) => entryNamed(`disk ${index}`)), critical('database gone'));
    await destination.deliver(cannotSleep);
    expect(destination.titles()).toEqual([expect.stringContaining('31 events · critical 1, warning 30')]);
    expect(destination.chat.messages[0]?.card.quote).toContain('Most severe: 🔴 database gone');
  });

  it('gets other events within four hours, however many critical ones there are', async () => {
    await spend(2_700);
    await destination.put(entryNamed('disk at 80 %'));
    for (let hour = 0; hour < 12; hour += 3) {
      deps.clock.time = NOON + hour * HOUR;
      await destination.put(critical(`gone ${hour}`));
      await destination.deliver(cannotSleep);
    }
    expect(await deps.outbox.pending(destination.id)).toEqual([]);
    expect(destination.eventCount()).toBe(5);
  });

  it('gets all pending events in one message when its window opens', async () => {
    await spend(2_000);
    await destination.put(...many(30, (index) => entryNamed(`${index}`)));
    await destination.drain();
    expect(destination.titles()).toEqual([expect.stringContaining('30 events')]);
    expect(deps.clock.time - NOON).toBeGreaterThan(2_000 * SECOND);
    expect(deps.clock.time - NOON).toBeLessThan(1.1 * HOUR);
  });

  it('holds nothing back in the next month', async () => {
    await spend(2_999);
    deps.clock.time += 31 * 24 * HOUR;
    await destination.put(entryNamed('a'));
    await destination.deliver(cannotSleep);
    expect(destination.eventCount()).toBe(1);
  });
});

describe('events of one incident', () => {
  const news = (title: string, after: number, severity: Severity = 'critical', contentHash = title) =>
    entryNamed(
      `${title} ${after}`,
      { incident: 'alarm', contentHash, card: cardNamed(title, { severity }), enqueuedAt: NOON + after },
      { time: new Date(NOON + after).toISOString() },
    );

  it('are delivered as an update and an end that name the first message', async () => {
    for (const entry of [news('CPU high', 0), news('CPU 99 %', 60 * SECOND), news('OK', 120 * SECOND, 'resolved')]) {
      deps.clock.time = Date.parse(entry.event.time);
      await destination.put(entry);
      await destination.deliver();
    }
    expect(destination.titles()).toEqual(['CPU high', 'Update · CPU 99 %', 'OK']);
    const note = { label: 'Follow-up', value: 'First notified 2026-05-01 20:00:00 UTC+08:00' };
    for (const { card } of destination.chat.messages.slice(1)) expect(card.facts).toEqual([note]);
  });

  it('are deduplicated where they repeat it: that takes no message, and waits for no rate limit', async () => {
    await destination.put(news('CPU high', 0));
    await destination.deliver();
    for (let time = 1; time <= 20; time += 1) {
      await destination.put(news('CPU high', time * SECOND));
      await destination.deliver(cannotSleep);
    }
    expect(await deps.outbox.pending(destination.id)).toEqual([]);
    expect([destination.eventCount(), delays()]).toEqual([1, []]);
    expect(deps.metrics.counts).toEqual({ MessagesSent: 1, EventsDelivered: 1, EventsDeduplicated: 20 });
  });

  it('are not deduplicated against themselves by a delivery that read while another one delivered', async () => {
    await destination.put(news('CPU high', 0));
    const { outbox } = deps;
    const slow = {
      ...outbox,
      async incidents(id: string, names: readonly string[]) {
        slow.incidents = outbox.incidents;
        await destination.deliver();
        return outbox.incidents(id, names);
      },
    };
    const time = { canSleep: false, startBefore: NOON + HOUR, deadline: NOON + HOUR };
    await deliver(destination, { ...deps, outbox: slow }, time);
    expect([destination.eventCount(), deps.metrics.counts]).toEqual([1, { MessagesSent: 1, EventsDelivered: 1 }]);
  });

  it('are correlated inside a digest, in the order of the events', async () => {
    const others = many(20, (index) => entryNamed(`${index}`));
    await destination.put(news('OK', 60 * SECOND, 'resolved'), news('CPU high', 0), ...others);
    await destination.drain();
    expect(destination.titles()).toEqual([expect.stringContaining('22 events')]);
    const known = (await deps.outbox.incidents(destination.id, ['alarm'])).get('alarm');
    expect(known).toMatchObject({ isResolved: true, contentHash: 'OK' });
  });

  it('are not remembered as delivered where the platform rejected them', async () => {
    destination.chat.fault = { answer: { reason: 'no robot', retryable: false }, times: 1 };
    await destination.put(news('CPU high', 0));
    await destination.drain();
    await destination.put(news('CPU high', 60 * SECOND));
    await destination.drain();
    expect(destination.titles()).toEqual(['CPU high']);
  });
});
