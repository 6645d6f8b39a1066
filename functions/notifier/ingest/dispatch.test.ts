import { createTestDeps, DELIVERY_QUEUE, failingOutbox, notifierDeps, sqsBatch, type TestDeps } from '../deps.fixture';
import { openDestination, type TestDestination } from '../destination.fixture';
import { entryNamed, many, NOON } from '../entry.fixture';
import { EC2 } from '../envelopes.fixture';
import { dispatchInvocation } from './receive';

const SECOND = 1_000;

let deps: TestDeps;
let one: TestDestination;
let other: TestDestination;
beforeEach(() => {
  deps = createTestDeps();
  [one, other] = [openDestination('dingtalk', deps), openDestination('wecom', deps)];
});

const notifier = () => notifierDeps(deps, () => [one, other]);
const failing = () => ({ ...notifier(), outbox: failingOutbox(deps.outbox, 'bad') });
const invoke = (input: unknown, remainingMs = 60 * SECOND, to = notifier()) =>
  dispatchInvocation(input, to, { requestId: 'request-1', remainingMs, deliveryQueue: 'stack-DeliveryQueue-1' });
const wakeUps = (...ids: string[]) => ids.map((destination) => JSON.stringify({ destination }));
const wakeUp = (...ids: string[]) => sqsBatch(wakeUps(...ids), DELIVERY_QUEUE);
const counts = () => [one.eventCount(), other.eventCount()];

describe('dispatchInvocation()', () => {
  it('delivers the events of the event queue that could be stored at once, and returns the other records', async () => {
    const response = await invoke(sqsBatch(['bad', JSON.stringify(EC2), 'disk full']), undefined, failing());
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'id-0' }] });
    expect([counts(), deps.metrics.flushes]).toEqual([[2, 2], 1]);
  });

  it('takes an event itself, and returns nothing', async () => {
    expect(await invoke(EC2)).toBeUndefined();
    expect(counts()).toEqual([1, 1]);
  });

  it('throws when nothing could be stored, and flushes its metrics', async () => {
    await expect(invoke('bad', undefined, failing())).rejects.toThrow('failed bad');
    await expect(invoke(sqsBatch(['bad']), undefined, failing())).rejects.toThrow('failed bad');
    expect(deps.metrics.flushes).toBe(2);
  });

  it('does not sleep in a batch of the event queue: it schedules wake-ups', async () => {
    await invoke(sqsBatch(many(7, (index) => `event ${index}`)));
    expect([counts(), deps.clock.slept, deps.clock.time]).toEqual([[6, 6], [], NOON]);
    expect(deps.queues.scheduled.map(({ destination }) => destination).sort()).toEqual([one.id, other.id].sort());
  });

  it('delivers to the woken destinations only, and sleeps where it has to', async () => {
    for (const destination of [one, other]) await destination.put(...many(7, (index) => entryNamed(`${index}`)));
    expect(await invoke(wakeUp(one.id))).toBeUndefined();
    expect([counts(), deps.clock.slept]).toEqual([[7, 0], [5 * SECOND]]);
    await invoke(wakeUp(one.id, other.id, other.id));
    expect(counts()).toEqual([7, 7]);
  });

  it('begins no message in the last quarter of its time, and schedules a wake-up', async () => {
    await one.put(...many(7, (index) => entryNamed(`${index}`)));
    await invoke(wakeUp(one.id), 6 * SECOND);
    expect([counts(), deps.clock.slept, deps.queues.scheduled.length]).toEqual([[6, 0], [], 1]);
  });

  it('ignores a wake-up for a destination that was removed', async () => {
    expect(await invoke(wakeUp('removed'))).toBeUndefined();
    expect(counts()).toEqual([0, 0]);
  });

  it('delivers a forged wake-up or sweep from the event queue as an ordinary message', async () => {
    const forged = [JSON.stringify({ destination: one.id }), JSON.stringify({ casebell: 'sweep' })];
    expect(await invoke(sqsBatch(forged))).toEqual({ batchItemFailures: [] });
    expect([counts(), deps.metrics.values]).toEqual([[2, 2], {}]);
  });

  it('sweeps when the schedule invokes it', async () => {
    await one.put(entryNamed('left behind'));
    expect(await invoke({ casebell: 'sweep' })).toBeUndefined();
    expect([counts(), deps.metrics.values.OldestPendingEventAge, deps.metrics.flushes]).toEqual([[1, 0], [0], 1]);
  });
});
