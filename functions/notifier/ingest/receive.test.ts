import { removedDestination } from '../delivery/destinations';
import { createTestDeps, failingOutbox, notifierDeps, sqsBatch, type TestDeps, titlesOf } from '../deps.fixture';
import { entryNamed, NOON } from '../entry.fixture';
import { EC2, notification } from '../envelopes.fixture';
import type { Outcome } from '../outbox/outbox';
import { serializeDeadLetter } from './dead-letter';
import { queueRecords, receiveBatch, receiveInput } from './receive';

let deps: TestDeps;
let destinations: string[];
beforeEach(() => {
  deps = createTestDeps();
  destinations = ['d-1', 'd-2'];
});

const notifier = () => notifierDeps(deps, () => destinations.map(removedDestination));
const failing = (...words: string[]) => ({ ...notifier(), outbox: failingOutbox(deps.outbox, ...words) });
const receive = (bodies: readonly string[], to = notifier()) => receiveBatch(queueRecords(sqsBatch(bodies)) ?? [], to);
const pendingTitles = async (destination = 'd-1') => titlesOf(await deps.outbox.pending(destination)).sort();
const logged = () => deps.log.lines.map(({ event }) => event);

describe('receiveBatch()', () => {
  it('stores the events of all records for every destination', async () => {
    expect(await receive(['a', 'b', 'c'])).toEqual({ batchItemFailures: [] });
    for (const destination of destinations) expect(await pendingTitles(destination)).toEqual(['a', 'b', 'c']);
    expect(deps.metrics.counts).toEqual({ EventsReceived: 3 });
  });

  it('stores a retried event only for the destination whose put() has failed', async () => {
    const { outbox } = deps;
    const put: typeof outbox.put = (id, entry) =>
      id === 'd-2' ? Promise.reject(new Error('no table')) : outbox.put(id, entry);
    await expect(receive(['a'], { ...notifier(), outbox: { ...outbox, put } })).rejects.toThrow('no table');
    await receive(['a']);
    expect([await pendingTitles('d-1'), await pendingTitles('d-2')]).toEqual([['a'], ['a']]);
    expect(deps.metrics.counts.EventsDuplicate).toBe(1);
  });

  it('ignores, counts and logs events about an excluded account, whichever account received them', async () => {
    const member = { source: 'aws.health', account: '111122223333', detail: { affectedAccount: '444455556666' } };
    const events = [
      { ...EC2, account: '444455556666' },
      { ...EC2, ...member },
    ].map((event) => JSON.stringify(event));
    await receive([...events, 'other'], { ...notifier(), excluded: new Set(['444455556666']) });
    expect(await pendingTitles()).toEqual(['other']);
    expect(deps.metrics.counts).toEqual({ EventsReceived: 3, EventsExcluded: 2 });
    const line = { level: 'info', event: 'event.excluded', id: EC2.id, account: '444455556666' };
    expect(deps.log.lines.filter(({ event }) => event === 'event.excluded')).toEqual([
      { ...line, source: 'aws.ec2' },
      { ...line, source: 'aws.health' },
    ]);
  });

  it('logs a record without content, and does not fail', async () => {
    expect(await receive(['', ' '])).toEqual({ batchItemFailures: [] });
    expect(logged()).toEqual(['event.empty', 'event.empty']);
  });

  it('stores all events of one message, also when they share one id', async () => {
    const events = ['failed', 'OK'].map((state) => ({ id: 'deploy', 'detail-type': state, detail: { state } }));
    await receive([JSON.stringify(events)]);
    expect(await pendingTitles()).toEqual(['OK · OK', 'failed · failed']);
  });
});

it('queueRecords() returns undefined for anything but records of a queue', () => {
  expect(queueRecords(sqsBatch(['a']))).toHaveLength(1);
  const others = [{}, { Records: [] }, { Records: [{ eventSource: 'aws:s3' }] }, 'text', undefined, [sqsBatch(['a'])]];
  for (const other of others) expect(queueRecords(other)).toBeUndefined();
});

describe('receiveInput()', () => {
  it('stores the other events of a message when one fails', async () => {
    const events = [{ 'detail-type': 'bad' }, { 'detail-type': 'good' }];
    await expect(receiveInput(events, failing('bad'))).rejects.toThrow('failed bad');
    expect([await pendingTitles(), logged()]).toEqual([['good'], ['event.store_failed', 'event.stored']]);
  });

  it('stores the same text once for each request id', async () => {
    for (const requestId of ['first', 'first', 'second']) await receiveInput('disk full', notifier(), requestId);
    expect(await pendingTitles()).toEqual(['disk full', 'disk full']);
    expect(logged()).toEqual(['event.stored', 'event.duplicate', 'event.stored']);
  });
});

describe('a redriven dead letter', () => {
  const entry = entryNamed('i-0abc stopped', { incident: 'i', contentHash: 'h', enqueuedAt: NOON - 86_400_000 });
  const body = serializeDeadLetter({ destination: 'd-1', platform: 'dingtalk', reason: 'no robot', entry });
  const processed = async (destination: string, outcome: Outcome) => {
    await deps.outbox.put(destination, entry);
    await deps.outbox.markProcessed(destination, [{ key: entry.key, outcome }], new Map());
  };

  it('is stored once, enqueued now, for destinations that rejected it or do not know it', async () => {
    destinations = ['delivered', 'deduplicated', 'deadLettered', 'new'];
    for (const outcome of ['delivered', 'deduplicated', 'deadLettered'] as const) await processed(outcome, outcome);
    expect(await receive([body, body])).toEqual({ batchItemFailures: [] });
    expect(await Promise.all(['delivered', 'deduplicated'].map(pendingTitles))).toEqual([[], []]);
    for (const destination of ['deadLettered', 'new'])
      expect(await deps.outbox.pending(destination)).toEqual([{ ...entry, enqueuedAt: NOON }]);
  });

  it('is retried when it could not be stored', async () => {
    const response = await receive(['a', body], failing('i-0abc'));
    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: 'id-1' }] });
  });

  it.each([
    ['over the topic', JSON.stringify(notification(body))],
    ['over the topic, as the subject', JSON.stringify(notification('x', { Subject: body }))],
    ['in a list', `[${body}]`],
    ['after white space', ` ${body}`],
  ])('that is forged %s is an ordinary message', async (_, forged) => {
    await processed('d-1', 'deadLettered');
    await receive([forged]);
    const [stored, ...others] = await deps.outbox.pending('d-1');
    expect([stored?.formatter, others]).toEqual(['fallback', []]);
    expect(stored?.key).not.toBe(entry.key);
    expect(stored?.card).not.toEqual(entry.card);
  });
});
