import { randomBytes } from 'node:crypto';
import {
  type BatchGetItemCommandInput,
  type BatchWriteItemCommandInput,
  type DynamoDBClient,
  GetItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Card } from '@casebell/im/webhooks';
import { INITIAL_STATE } from '../delivery/state';
import { entryNamed, many, NOON } from '../entry.fixture';
import { serializeDeadLetter } from '../ingest/dead-letter';
import { type EmulatedTables, emulateTables } from './dynamodb.fixture';
import type { DeadLetter, Outbox, ProcessedEntry } from './outbox';
import { newDestination, outboxContract } from './outbox.contract';

let tables: EmulatedTables;
let outbox: Outbox;
let destination: string;

beforeAll(async () => {
  tables = await emulateTables();
});
afterAll(() => tables.close());
beforeEach(() => {
  outbox = tables.open(() => NOON);
  destination = newDestination();
});
afterEach(() => tables.aws.setFault('dynamodb', undefined));

describe('the outbox in DynamoDB', () => outboxContract(() => tables.open(() => NOON)));

const delivered = (name: string): ProcessedEntry => ({ key: `key-${name}`, outcome: 'delivered', messageId: 'm-1' });
const pendingIds = async () => (await outbox.pending(destination)).map(({ event }) => event.id).sort();
const INCIDENT = {
  firstNotifiedAt: 1,
  contentHash: 'h',
  lastNotifiedEventAt: '',
  latestEventAt: '',
  isResolved: false,
};

async function storedItem(entry: string) {
  const Key = { destination: { S: destination }, entry: { S: entry } };
  return (await tables.client.send(new GetItemCommand({ TableName: tables.tables.outbox, Key }))).Item;
}

describe('stored items', () => {
  const expiresIn = (days: number) => ({ N: String(NOON / 1000 + days * 86_400) });

  it('of a processed entry hold its key, outcome and message for 30 days, of an incident its content for 90', async () => {
    await outbox.put(destination, entryNamed('a'));
    await outbox.markProcessed(destination, [delivered('a')], new Map([['i', INCIDENT]]));
    expect(await storedItem('event#key-a')).toEqual({
      destination: { S: destination },
      entry: { S: 'event#key-a' },
      outcome: { S: 'delivered' },
      message: { S: 'm-1' },
      expires: expiresIn(30),
    });
    expect(await storedItem('incident#i')).toMatchObject({ expires: expiresIn(90) });
  });

  it('are read over several pages of a megabyte', async () => {
    const names = many(20, String);
    const cardOf = (): Card => ({ title: 't', severity: 'info', quote: randomBytes(90_000).toString('base64') });
    for (const name of names) await outbox.put(destination, entryNamed(name, { card: cardOf() }));
    expect(await pendingIds()).toEqual(names.sort());
  });

  it('of states are listed over several pages', async () => {
    const destinations = many(5, newDestination);
    const keys = many(3_000, (index) => String(index).padStart(100, '0'));
    const card = { title: '大', severity: 'info' } as const;
    const message = { id: 'm', keys, card, form: 'card', part: 0, rejectionCount: 0 } as const;
    await Promise.all(destinations.map((each) => outbox.saveState(each, { ...INITIAL_STATE, message })));
    expect(await outbox.destinations()).toEqual(expect.arrayContaining(destinations));
  });
});

describe.each(['throttle', 'error', 'lost'] as const)('a table that answers with %s for a while', (kind) => {
  const names = many(12, String);
  const setFault = () => tables.aws.setFault('dynamodb', { kind, times: 1 });

  it('loses no entry, no mark, no incident and no state', async () => {
    for (const name of names) {
      if (name === '7') await setFault();
      await outbox.put(destination, entryNamed(name));
    }
    await setFault();
    expect(await pendingIds()).toEqual([...names].sort());
    await setFault();
    await outbox.markProcessed(destination, names.slice(1).map(delivered), new Map([['i', INCIDENT]]));
    await setFault();
    expect(await outbox.pendingByKey(destination, ['key-0', 'key-1'])).toEqual([entryNamed('0')]);
    expect((await outbox.incidents(destination, ['i'])).get('i')).toEqual(INCIDENT);
    await setFault();
    expect(await outbox.saveState(destination, INITIAL_STATE)).toMatchObject({ version: 1 });
    expect(await outbox.saveState(destination, INITIAL_STATE)).toBeUndefined();
  });
});

describe('saveState() whose answer is lost', () => {
  const failing = (failures: number, state = INITIAL_STATE) => ({ ...state, failures });
  const loseAnswer = () => tables.aws.setFault('dynamodb', { kind: 'lost', times: 1, operation: 'PutItem' });

  it('recognises its own write when the SDK repeats it', async () => {
    await outbox.saveState(destination, failing(1));
    await loseAnswer();
    const stored = await outbox.saveState(destination, failing(2, await outbox.readState(destination)));
    expect(stored).toMatchObject({ version: 2, failures: 2 });
    expect(await outbox.readState(destination)).toEqual(stored);
  });

  it('returns undefined where another notifier has written', async () => {
    const read = await outbox.readState(destination);
    await outbox.saveState(destination, failing(1, read));
    await loseAnswer();
    expect(await outbox.saveState(destination, failing(2, read))).toBeUndefined();
    expect(await outbox.readState(destination)).toMatchObject({ failures: 1 });
  });
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

  it('is stored with the beginning of each part, small enough for an item with 3,000 keys and for SQS', async () => {
    await outbox.put(destination, entryNamed('a', { card: giant }));
    const [entry] = await outbox.pending(destination);
    if (!entry) throw new Error('no entry');
    expect(entry).toMatchObject({ key: 'key-a', formatter: 'ec2-state', card: { severity: 'critical' } });
    const { title, facts = [], quote = '', links = [], mentions = [] } = entry.card;
    expect(title).toMatch(/^(实例)+.?…$/);
    expect([facts.length, links.length, mentions.length]).toEqual([20, 5, 50]);
    expect(quote.length).toBeGreaterThan(4_000);
    const keys = many(3_000, () => 'f'.repeat(32));
    const message = { id: 'm', keys, card: entry.card, form: 'card', part: 0, rejectionCount: 0 } as const;
    expect(await outbox.saveState(destination, { ...INITIAL_STATE, message })).toBeDefined();
    const deadLetter: DeadLetter = { destination, platform: 'dingtalk', reason: '拒绝'.repeat(200), entry };
    expect(Buffer.byteLength(serializeDeadLetter(deadLetter))).toBeLessThan(250_000);
  });

  it('just under the limit is stored unchanged', async () => {
    const card = { title: 't', severity: 'info', quote: '字'.repeat(59_000) } as const;
    await outbox.put(destination, entryNamed('a', { card }));
    expect((await outbox.pending(destination))[0]?.card).toEqual(card);
  });
});

it('a batch that DynamoDB processes only in part is repeated until all of it is read and written', async () => {
  const { client } = tables;
  const names = many(8, String);
  const keys = names.map((name) => `key-${name}`);
  await Promise.all(names.map((name) => outbox.put(destination, entryNamed(name))));
  const stop = processHalf(client);
  expect((await outbox.pendingByKey(destination, keys)).map(({ key }) => key).sort()).toEqual([...keys].sort());
  await outbox.markProcessed(destination, names.map(delivered), new Map());
  stop();
  expect(await outbox.pending(destination)).toEqual([]);
});

type Batches = Pick<BatchGetItemCommandInput & BatchWriteItemCommandInput, 'RequestItems'>;

/** The emulator processes every batch completely; here it receives only the first half, and the rest is returned as unprocessed. */
function processHalf({ middlewareStack }: DynamoDBClient): () => void {
  const name = 'processHalf';
  middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        if (!commandName.startsWith('Batch')) return next(args);
        const [first, second] = halves((args.input as Batches).RequestItems);
        const result = await next({ ...args, input: { ...args.input, RequestItems: first } });
        const unprocessed = commandName === 'BatchGetItemCommand' ? 'UnprocessedKeys' : 'UnprocessedItems';
        if (second) Object.assign(result.output, { [unprocessed]: second });
        return result;
      },
    { step: 'initialize', name },
  );
  return () => middlewareStack.remove(name);
}

/** Requests of one table in two parts: a list of writes, or an object with a list of keys. */
function halves(requests: Batches['RequestItems']): [object, object | undefined] {
  const [[table, request] = ['', []]] = Object.entries<unknown>(requests ?? {});
  const list: unknown[] = Array.isArray(request) ? request : Object(request).Keys;
  const part = (items: unknown[]) => ({
    [table]: Array.isArray(request) ? items : { ...Object(request), Keys: items },
  });
  const half = Math.ceil(list.length / 2);
  return [part(list.slice(0, half)), half < list.length ? part(list.slice(half)) : undefined];
}
