import { createTestDeps, type TestDeps } from '../deps.fixture';
import { cannotSleep, openDestination, PLATFORM_NAMES } from '../destination.fixture';
import { entryNamed, many, NOON } from '../entry.fixture';
import { seeded } from '../random.fixture';
import { deliverAll } from './deliver';

const SECOND = 1_000;

let deps: TestDeps;
beforeEach(() => {
  deps = createTestDeps();
});

const entries = (count: number, from = 0) =>
  many(count, (index) => entryNamed(`i-${from + index}`, { enqueuedAt: deps.clock.time + index }));

describe.each(PLATFORM_NAMES)('deliver() to %s', (platform) => {
  it('sends a single event at once, as its own card', async () => {
    const destination = openDestination(platform, deps);
    await destination.put(entryNamed('i-0abc stopped'));
    await destination.deliver();
    expect(destination.titles()).toEqual(['i-0abc stopped']);
    expect([deps.clock.slept, deps.queues.scheduled, destination.chat.messages[0]?.at]).toEqual([[], [], NOON]);
    expect(deps.metrics.counts).toEqual({ MessagesSent: 1, EventsDelivered: 1 });
  });

  it('delivers every event of storms and calm once, and is never throttled', async () => {
    const [destination, random] = [openDestination(platform, deps), seeded(platform.length)];
    let put = 0;
    for (let round = 0; round < 60; round += 1) {
      const burst = random() < 0.2 ? 40 : Math.floor(random() * 3);
      await destination.put(...entries(burst, put));
      put += burst;
      await destination.deliver({ startBefore: deps.clock.time + random() * 30 * SECOND });
      deps.clock.time += random() ** 4 * 120 * SECOND;
    }
    await destination.drain();
    expect([destination.chat.throttled, destination.eventCount()]).toEqual([0, put]);
    expect(deps.metrics.counts).toMatchObject({
      EventsDelivered: put,
      MessagesSent: destination.chat.messages.length,
    });
  });
});

describe('deliver()', () => {
  it('sends eight events to DingTalk one by one and in order, because that takes less than ten seconds', async () => {
    const destination = openDestination('dingtalk', deps);
    await destination.put(...entries(8));
    await destination.drain();
    expect(destination.titles()).toEqual(many(8, (index) => `i-${index}`));
    expect(deps.clock.time - NOON).toBeLessThanOrEqual(10 * SECOND);
    expect(deps.metrics.counts.EventsBatched).toBeUndefined();
  });

  it('sends thirty pending events to DingTalk as one digest, whose counts add up', async () => {
    const destination = openDestination('dingtalk', deps);
    await destination.put(...entries(30));
    await destination.drain();
    expect(destination.titles()).toEqual(['30 events · warning 30 · 2026-05-01 20:00:00 UTC+08:00']);
    expect(deps.metrics.counts).toMatchObject({ EventsDelivered: 30, EventsBatched: 30 });
  });

  it('sends an event that arrives during a delivery with the next message', async () => {
    const destination = openDestination('dingtalk', deps);
    for (let number = 0; number < 40; number += 1) {
      await destination.put(...entries(1, number));
      await destination.deliver({ startBefore: deps.clock.time });
      await destination.deliver({ canSleep: false, startBefore: deps.clock.time + 3 * SECOND });
      deps.clock.time += 500;
    }
    await destination.drain();
    expect([destination.eventCount(), destination.chat.throttled]).toEqual([40, 0]);
    expect(destination.chat.messages.length).toBeLessThan(20);
  });

  it('sends at most 3,000 events in one message', async () => {
    const destination = openDestination('slack', deps);
    await destination.put(...entries(4_000));
    await destination.drain();
    expect(destination.titles().map((title) => title.slice(0, 11))).toEqual(['3000 events', '1000 events']);
  });

  it('sends each event once when twenty deliveries race for one destination', async () => {
    const destination = openDestination('wecom', deps);
    destination.chat.onRequest = () => new Promise(setImmediate);
    await destination.put(...entries(5));
    await Promise.all(many(20, () => destination.deliver(cannotSleep)));
    expect([destination.eventCount(), destination.chat.requests.length]).toEqual([5, 5]);
  });
});

it.each([true, false])(
  'deliver() adds the button that opens a case only where the case bot is (%s)',
  async (hasCaseBot) => {
    const destination = openDestination('feishu', deps);
    destination.hasCaseBot = hasCaseBot;
    const openCase = { label: '开工单', command: '提工单\nserviceCode: EC2' };
    await destination.put({ ...entryNamed('health'), openCase });
    await destination.deliver();
    expect(destination.chat.messages[0]?.card.buttons).toEqual(hasCaseBot ? [openCase] : undefined);
  },
);

describe('deliverAll()', () => {
  const time = () => ({
    canSleep: false,
    startBefore: deps.clock.time + 3 * SECOND,
    deadline: deps.clock.time + 60 * SECOND,
  });

  it('delivers to a fast platform while a slow one has not answered', async () => {
    const [slow, fast] = [openDestination('wecom', deps), openDestination('dingtalk', deps)];
    let answer = () => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    slow.chat.onRequest = () => answered;
    await Promise.all([slow.put(...entries(5)), fast.put(...entries(5))]);
    const delivery = deliverAll([slow, fast], deps, time());
    while (fast.eventCount() < 5) await new Promise(setImmediate);
    expect(slow.eventCount()).toBe(0);
    answer();
    await delivery;
    expect(slow.eventCount()).toBe(5);
  });

  it('logs a delivery that fails, delivers to the others, and loses nothing', async () => {
    const [broken, sound] = [openDestination('slack', deps), openDestination('dingtalk', deps)];
    await Promise.all([broken.put(...entries(1)), sound.put(...entries(1))]);
    const readState = (id: string) =>
      id === broken.id ? Promise.reject(new Error('no table')) : deps.outbox.readState(id);
    await deliverAll([broken, sound], { ...deps, outbox: { ...deps.outbox, readState } }, time());
    const line = { event: 'delivery.interrupted', destination: broken.id, reason: 'Error: no table' };
    expect(deps.log.lines).toContainEqual({ level: 'error', ...line });
    expect([sound.eventCount(), broken.eventCount()]).toEqual([1, 0]);
    await broken.drain();
    expect(broken.eventCount()).toBe(1);
  });
});
