import { createTestDeps, notifierDeps, type TestDeps } from '../deps.fixture';
import { openDestination, type TestDestination } from '../destination.fixture';
import { entryNamed, many, NOON } from '../entry.fixture';
import { sweep } from './deliver';
import type { Destination } from './deps';
import { INITIAL_STATE } from './state';

const SECOND = 1_000;

let deps: TestDeps;
let destination: TestDestination;
let removed: TestDestination;
beforeEach(() => {
  deps = createTestDeps();
  [destination, removed] = [openDestination('dingtalk', deps), openDestination('slack', deps)];
});

const run = (destinations: readonly Destination[] = [destination], notifier = notifierDeps(deps, () => destinations)) =>
  sweep(notifier, {
    canSleep: false,
    startBefore: deps.clock.time + 3 * SECOND,
    deadline: deps.clock.time + 60 * SECOND,
  });
/** The outbox has stored a state of it once. */
const known = ({ id }: Destination) => deps.outbox.saveState(id, INITIAL_STATE);
const ages = () => deps.metrics.values.OldestPendingEventAge;

describe('sweep()', () => {
  it('records the age of the oldest pending event, 0 where none is pending', async () => {
    await run();
    await deps.outbox.saveState(destination.id, { ...INITIAL_STATE, backoffUntil: NOON + 600 * SECOND });
    const [later, first] = [NOON - 42 * SECOND, NOON - 90 * SECOND];
    await destination.put(entryNamed('a', { enqueuedAt: later }), entryNamed('b', { enqueuedAt: first }));
    await run([destination, removed]);
    deps.clock.time += 60 * SECOND;
    await run([destination, removed]);
    expect(ages()).toEqual([0, 90, 150]);
  });

  it('sends the pending entries of a removed webhook to the dead-letter queue, with the reason', async () => {
    const entries = many(5, (index) => entryNamed(`${index}`));
    await known(removed);
    await run();
    expect(deps.queues.deadLetters).toEqual([]);
    await Promise.all([removed.put(...entries), destination.put(entryNamed('mine'))]);
    await run();
    const { deadLetters } = deps.queues;
    expect(deadLetters.map(({ entry }) => entry.key).sort()).toEqual(entries.map(({ key }) => key));
    const reason = expect.stringMatching(/removed from the stack/);
    expect(deadLetters[0]).toMatchObject({ destination: removed.id, platform: 'removed', reason });
    expect([destination.eventCount(), removed.chat.requests, ages()]).toEqual([1, [], [0, 0]]);
  });

  it('retries dead letters that the queue did not accept', async () => {
    await Promise.all([known(removed), removed.put(entryNamed('a'))]);
    const sendToDlq = () => Promise.reject(new Error('no queue'));
    await run(undefined, { ...notifierDeps(deps, () => [destination]), queues: { ...deps.queues, sendToDlq } });
    expect(deps.log.lines.map(({ event }) => event)).toContain('delivery.interrupted');
    deps.clock.time += 62 * SECOND;
    await run();
    expect(deps.queues.deadLetters).toHaveLength(1);
  });

  it('reads the webhooks again before it takes one for removed', async () => {
    await Promise.all([known(removed), removed.put(entryNamed('for the new one'))]);
    const notifier = notifierDeps(deps, () => []);
    const destinations = async (isFresh = false) => {
      await notifier.destinations(isFresh);
      return isFresh ? [destination, removed] : [destination];
    };
    await run(undefined, { ...notifier, destinations });
    expect([removed.eventCount(), deps.queues.deadLetters, notifier.reads]).toEqual([1, [], [false, true]]);
  });

  it('does not read the webhooks again where all destinations are known', async () => {
    await known(destination);
    const notifier = notifierDeps(deps, () => [destination]);
    await run(undefined, notifier);
    expect(notifier.reads).toEqual([false]);
  });
});
