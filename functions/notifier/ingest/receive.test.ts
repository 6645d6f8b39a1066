import { removedDestination } from '../delivery/destinations';
import { entryNamed, many, NOON } from '../entry.fixture';
import { EC2, notification } from '../envelopes.fixture';
import { batch, notifierOf, refusing, titlesOf } from '../notifier.fixture';
import { createTestDeps, type TestDeps } from '../office.fixture';
import { type EmulatedTables, emulateTables, newDestination } from '../outbox/dynamodb.fixture';
import type { Outcome } from '../outbox/outbox';
import { serializeDeadLetter } from './dead-letter';
import { queueRecords, receiveBatch, receiveInput } from './receive';

let tables: EmulatedTables;
let office: TestDeps;
let teams: string[];

beforeAll(async () => {
  tables = await emulateTables();
});
afterAll(() => tables.close());
beforeEach(() => {
  office = createTestDeps(tables.open);
  teams = [newDestination(), newDestination()];
});

const notifier = () => notifierOf(office, () => teams.map(removedDestination));
const broken = (...words: string[]) => ({ ...notifier(), outbox: refusing(office.outbox, words) });
const receive = (bodies: readonly string[], to = notifier()) => receiveBatch(queueRecords(batch(bodies)) ?? [], to);
const waiting = async (team = teams[0] ?? '') => titlesOf(await office.outbox.pending(team)).sort();
const logged = () => office.log.lines.map(({ event }) => event);

describe('a batch of the queue', () => {
  it('is put into every team’s outbox', async () => {
    expect(await receive(['a', 'b', 'c'])).toEqual({ batchItemFailures: [] });
    for (const team of teams) expect(await waiting(team)).toEqual(['a', 'b', 'c']);
    expect(office.metrics.counts).toEqual({ EventsReceived: 3 });
  });

  it('gives back only the records that could not be stored', async () => {
    const answer = await receive(['a', 'bad', 'c'], broken('bad'));
    expect([answer, await waiting()]).toEqual([{ batchItemFailures: [{ itemIdentifier: 'id-1' }] }, ['a', 'c']]);
  });

  it('fails, so that Lambda’s errors show it, when none of it could be stored', async () => {
    await expect(receive(['bad', 'worse'], broken('bad', 'worse'))).rejects.toThrow(/refused (bad|worse)/);
  });

  it('that comes again is told to nobody twice', async () => {
    await receive(['a', 'bad'], broken('bad')).catch(() => undefined);
    await receive(['a', 'bad']);
    for (const team of teams) expect(await waiting(team)).toEqual(['a', 'bad']);
    expect(office.metrics.counts.EventsDuplicate).toBe(2);
  });

  it('is kept for those who could not be given it, and not given again to those who have it', async () => {
    const [fine = '', ill = ''] = teams;
    const { outbox } = office;
    const half: typeof outbox.put = (id, entry) =>
      id === ill ? Promise.reject(new Error('ill')) : outbox.put(id, entry);
    await expect(receive(['a'], { ...notifier(), outbox: { ...outbox, put: half } })).rejects.toThrow('ill');
    await receive(['a']);
    expect([await waiting(fine), await waiting(ill)]).toEqual([['a'], ['a']]);
  });

  it('leaves out event is news of an excluded account, whoever received it, counts it, and says so', async () => {
    const hit = { source: 'aws.health', account: '111122223333', detail: { affectedAccount: '444455556666' } };
    const bodies = [JSON.stringify({ ...EC2, account: '444455556666' }), JSON.stringify({ ...EC2, ...hit }), 'told'];
    await receive(bodies, { ...notifier(), excluded: new Set(['444455556666']) });
    expect(await waiting()).toEqual(['told']);
    expect(office.metrics.counts).toEqual({ EventsReceived: 3, EventsExcluded: 2 });
    const line = { level: 'info', event: 'event.excluded', id: EC2.id, account: '444455556666' };
    expect(office.log.lines.filter(({ event }) => event === 'event.excluded')).toEqual([
      { ...line, source: 'aws.ec2' },
      { ...line, source: 'aws.health' },
    ]);
  });

  it('says why there is nothing to say in a record, and does not fail', async () => {
    expect(await receive(['', ' '])).toEqual({ batchItemFailures: [] });
    expect(logged()).toEqual(['event.empty', 'event.empty']);
  });

  it('tells all events of one message, also when their sender gave them one id', async () => {
    const events = ['failed', 'OK'].map((state) => ({ id: 'deploy', 'detail-type': state, detail: { state } }));
    await receive([JSON.stringify(events)]);
    expect(await waiting()).toEqual(['OK · OK', 'failed · failed']);
  });

  it('is nothing but records of a queue', () => {
    expect(queueRecords(batch(['a']))).toHaveLength(1);
    for (const other of [
      {},
      { Records: [] },
      { Records: [{ eventSource: 'aws:s3' }] },
      'text',
      undefined,
      [batch(['a'])],
    ])
      expect(queueRecords(other)).toBeUndefined();
  });
});

describe('a direct invocation', () => {
  it('fails when its event could not be stored, so that Lambda repeats it', async () => {
    await expect(receiveInput('bad', broken('bad'))).rejects.toThrow('refused bad');
    await receiveInput('good', broken('bad'));
    expect(await waiting()).toEqual(['good']);
  });

  it('stores the other events of a message when one of them is refused', async () => {
    const events = [{ 'detail-type': 'bad' }, { 'detail-type': 'good' }];
    await expect(receiveInput(events, broken('bad'))).rejects.toThrow('refused bad');
    expect([await waiting(), logged()]).toEqual([['good'], ['event.store_failed', 'event.stored']]);
  });

  it('tells the same words again when somebody sends them again, but not when Lambda repeats it', async () => {
    for (const requestId of ['first', 'first', 'second']) await receiveInput('disk full', notifier(), requestId);
    expect(await waiting()).toEqual(['disk full', 'disk full']);
    expect(logged()).toEqual(['event.stored', 'event.duplicate', 'event.stored']);
  });
});

describe('a dead letter', () => {
  const entry = entryNamed('i-0abc stopped', { incident: 'i', contentHash: 'p', enqueuedAt: NOON - 86_400_000 });
  const letter = serializeDeadLetter({ destination: 'room-1', platform: 'dingtalk', reason: 'no robot', entry });
  const had = async (team: string, outcome: Outcome) => {
    await office.outbox.put(team, entry);
    await office.outbox.markProcessed(team, [{ key: entry.key, outcome }], new Map());
  };

  it('that is put back is stored, as it was but from now on, for those whom it was refused or who have never had it', async () => {
    teams = many(4, newDestination);
    const [told = '', folded = '', dead = '', fresh = ''] = teams;
    await Promise.all([had(told, 'delivered'), had(folded, 'deduplicated'), had(dead, 'deadLettered')]);
    expect(await receive([letter])).toEqual({ batchItemFailures: [] });
    expect(await Promise.all([told, folded].map(waiting))).toEqual([[], []]);
    for (const team of [dead, fresh])
      expect(await office.outbox.pending(team)).toEqual([{ ...entry, enqueuedAt: NOON }]);
  });

  it('that is put back twice waits once', async () => {
    await receive([letter, letter]);
    expect(await waiting()).toEqual(['i-0abc stopped']);
  });

  it('that could not be stored comes again like any other record', async () => {
    const answer = await receive(['a', letter], broken('i-0abc'));
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'id-1' }] });
  });

  it.each([
    ['by the topic', JSON.stringify(notification(letter))],
    ['by the topic, as its subject’s text', JSON.stringify(notification('x', { Subject: letter }))],
    ['inside a list', `[${letter}]`],
    ['behind white space', ` ${letter}`],
  ])('that is forged %s is told as the ordinary message it is', async (_, body) => {
    await had(teams[0] ?? '', 'deadLettered');
    await receive([body]);
    const stored = await office.outbox.pending(teams[0] ?? '');
    expect(stored).toHaveLength(1);
    expect(stored[0]?.key).not.toBe(entry.key);
    expect(stored[0]?.card).not.toEqual(entry.card);
    expect(stored[0]).toMatchObject({ formatter: 'fallback' });
  });
});
