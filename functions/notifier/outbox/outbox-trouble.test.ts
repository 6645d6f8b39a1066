import type { BatchWriteItemCommandInput, BatchWriteItemCommandOutput } from '@aws-sdk/client-dynamodb';
import type { Card } from '@casebell/im/webhooks';
import { INITIAL_STATE } from '../delivery/state';
import { entryNamed, many } from '../entry.fixture';
import { type DeadLetter, serializeDeadLetter } from '../ingest/dead-letter';
import { type EmulatedTables, emulateTables, newDestination } from './dynamodb.fixture';
import type { Outbox, ProcessedEntry } from './outbox';

let world: EmulatedTables;
let outbox: Outbox;
let room: string;

beforeAll(async () => {
  world = await emulateTables();
  outbox = world.open();
});
afterAll(() => world.close());
beforeEach(() => {
  room = newDestination();
});
afterEach(() => world.aws.setFault('dynamodb', undefined));

const told = (name: string): ProcessedEntry => ({ key: `key-${name}`, outcome: 'delivered' });
const waitingNow = async () => (await outbox.pending(room)).map(({ event }) => event.id);

describe.each(['throttle', 'error', 'lost'] as const)('a table that answers with %s for a while', (kind) => {
  const names = many(40, String);
  const incident = {
    firstNotifiedAt: 1,
    contentHash: 'p',
    lastNotifiedEventAt: '',
    latestEventAt: '',
    isResolved: false,
  };
  /** The SDK waits half a second and more after a throttle. */
  const trouble = () => world.aws.setFault('dynamodb', { kind, times: 2 });

  it('loses nothing', async () => {
    for (const name of names) {
      if (name === '7') await trouble();
      await outbox.put(room, entryNamed(name));
    }
    await trouble();
    expect((await waitingNow()).sort()).toEqual([...names].sort());
  });

  it('settles all of what is settled', async () => {
    for (const name of names) await outbox.put(room, entryNamed(name));
    await trouble();
    await outbox.markProcessed(room, names.slice(1).map(told), new Map([['i', incident]]));
    await trouble();
    expect(await outbox.pendingByKey(room, ['key-0', 'key-1'])).toEqual([entryNamed('0')]);
    expect((await outbox.incidents(room, ['i'])).get('i')).toEqual(incident);
  });

  it('saves a standing once', async () => {
    await trouble();
    expect(await outbox.saveState(room, INITIAL_STATE)).toMatchObject({ version: 1 });
    expect(await outbox.saveState(room, INITIAL_STATE)).toBeUndefined();
  });
});

it('says what is wrong when a table stays throttled', async () => {
  const hurried = await emulateTables(2);
  await hurried.aws.setFault('dynamodb', { kind: 'throttle' });
  const failed = await hurried
    .open()
    .put(room, entryNamed('a'))
    .catch((error) => error);
  expect(failed).toMatchObject({ name: 'ProvisionedThroughputExceededException' });
  await hurried.close();
});

describe('an entry with a giant card', () => {
  const giant: Card = {
    title: '实例'.repeat(20_000),
    severity: 'critical',
    text: '停止'.repeat(100_000),
    facts: many(500, (index) => ({ label: `第${index}项`, value: '值'.repeat(2_000) })),
    quote: '"\\\u0001'.repeat(100_000),
    links: many(90, (index) => ({ label: `${index}`, url: `https://a.example/${'x'.repeat(1_900)}` })),
    mentions: many(9_000, (index) => ({ mobile: `138${index}` })),
  };

  it('is stored with the beginning of each of its parts', async () => {
    await outbox.put(room, entryNamed('a', { card: giant }));
    const [entry] = await outbox.pending(room);
    expect(entry).toMatchObject({ key: 'key-a', formatter: 'ec2-state', card: { severity: 'critical' } });
    expect(entry?.card.title).toMatch(/^(实例)+.?…$/);
    expect(entry?.card.facts).toHaveLength(20);
    expect(entry?.card.quote?.length).toBeGreaterThan(4_000);
    expect(entry?.card.links).toHaveLength(5);
    expect(entry?.card.mentions).toHaveLength(50);
  });

  it('fits into an item of DynamoDB beside 3,000 keys, and into a message of SQS', async () => {
    await outbox.put(room, entryNamed('a', { card: giant }));
    const [entry] = await outbox.pending(room);
    if (!entry) throw new Error('the entry is gone');
    const keys = many(3_000, () => 'f'.repeat(32));
    const message = { id: 'm', keys, card: entry.card, form: 'card', part: 0, rejectionCount: 0 } as const;
    expect(await outbox.saveState(room, { ...INITIAL_STATE, message })).toBeDefined();
    const letter: DeadLetter = { destination: room, platform: 'dingtalk', reason: '拒绝'.repeat(200), entry };
    expect(Buffer.byteLength(serializeDeadLetter(letter))).toBeLessThan(250_000);
  });

  it('of just under the limit is stored as it is', async () => {
    const card = { title: 't', severity: 'info', quote: '字'.repeat(59_000) } as const;
    await outbox.put(room, entryNamed('a', { card }));
    expect((await outbox.pending(room))[0]?.card).toEqual(card);
  });
});

describe('a batch that DynamoDB does only in part', () => {
  it('of 100 giant entries is read whole', async () => {
    const card = { title: 't', severity: 'info', quote: '字'.repeat(59_000) } as const;
    for (const name of many(100, String)) await outbox.put(room, entryNamed(name, { card }));
    const keys = many(100, (index) => `key-${index}`);
    expect((await outbox.pendingByKey(room, keys)).map((entry) => entry.key).sort()).toEqual(keys.sort());
  });

  it('is written on until all 1,000 marks are there', async () => {
    const lazy = await emulateTables();
    const [own, names] = [lazy.open(), many(1_000, String)];
    await Promise.all(names.map((name) => own.put(room, entryNamed(name))));
    leaveHalfUndone(lazy);
    await own.markProcessed(room, names.map(told), new Map());
    expect(await own.pending(room)).toEqual([]);
    await lazy.close();
  });
});

/** The emulator always does all of a batch: here every one of several items is sent to it without its second half. */
function leaveHalfUndone({ client }: EmulatedTables): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (commandName !== 'BatchWriteItemCommand') return next(args);
        const { RequestItems = {} } = args.input as BatchWriteItemCommandInput;
        const halves = Object.entries(RequestItems).map(([table, requests = []]) => {
          const half = Math.ceil(requests.length / 2);
          return [table, requests.slice(0, half), requests.slice(half)] as const;
        });
        const done = Object.fromEntries(halves.map(([table, first]) => [table, first]));
        const result = await next({ ...args, input: { ...args.input, RequestItems: done } });
        const left = halves.filter(([, , second]) => second.length > 0).map(([table, , second]) => [table, second]);
        (result.output as BatchWriteItemCommandOutput).UnprocessedItems = Object.fromEntries(left);
        return result;
      },
    { step: 'initialize' },
  );
}
