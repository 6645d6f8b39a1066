import { connect } from 'node:net';
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { type DynamoDb, startDynamoDb } from './dynamodb';

type Item = Record<string, AttributeValue>;

const TableName = 'outbox';
const START = Date.parse('2026-11-20T08:00:00Z');
let now: number;
let log: string[];
let database: DynamoDb;
let client: DynamoDBClient;

const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
const TABLE = new CreateTableCommand({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'destination', AttributeType: 'S' },
    { AttributeName: 'entry', AttributeType: 'S' },
    { AttributeName: 'pending', AttributeType: 'N' },
  ],
  KeySchema: [key('destination', 'HASH'), key('entry', 'RANGE')],
  LocalSecondaryIndexes: [
    {
      IndexName: 'pending',
      KeySchema: [key('destination', 'HASH'), key('pending', 'RANGE')],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
});

beforeEach(async () => {
  now = START;
  log = [];
  database = await startDynamoDb(
    { account: '111122223333', now: () => now, log: (line) => log.push(line) },
    'eu-west-1',
  );
  const credentials = { accessKeyId: 'AKIA111122223333CASE', secretAccessKey: 'x' };
  client = new DynamoDBClient({ region: 'eu-west-1', endpoint: database.url, credentials });
  await client.send(TABLE);
});

afterEach(async () => {
  client.destroy();
  await database.close();
  expect(log).toEqual([]);
});

const entry = (name: string, more: Item = {}): Item => ({ destination: { S: '群' }, entry: { S: name }, ...more });
const pending = (number: number): Item => ({ pending: { N: String(number) } });
const text = (bytes: number): Item => ({ text: { S: 'x'.repeat(bytes) } });
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

const put = (Item: Item, ConditionExpression?: string, more = {}) =>
  client.send(new PutItemCommand({ TableName, Item, ConditionExpression, ...more }));
const putAll = (items: Item[]) =>
  client.send(
    new BatchWriteItemCommand({ RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) } }),
  );
const get = async (name: string, ConsistentRead = true) =>
  (await client.send(new GetItemCommand({ TableName, Key: entry(name), ConsistentRead }))).Item;
const query = (more: object = {}) =>
  client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: 'destination = :d',
      ExpressionAttributeValues: { ':d': { S: '群' } },
      ConsistentRead: true,
      ...more,
    }),
  );

/** Write and read units that the work has consumed. */
async function spent(work: () => Promise<unknown>): Promise<[number, number]> {
  const before = database.units();
  await work();
  const after = database.units();
  return [after.writeUnits - before.writeUnits, after.readUnits - before.readUnits];
}

const NOT_EXISTS = 'attribute_not_exists(entry)';

describe('items', () => {
  it.each([
    [
      'with the old item where the caller asks for it',
      { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
      entry('a', pending(1)),
    ],
    ['without the old item otherwise', {}, undefined],
  ])('fail a condition %s', async (_, more, Item) => {
    await put(entry('a', pending(1)));
    await expect(put(entry('a'), NOT_EXISTS, more)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item,
    });
  });

  it('are still served after a client has disconnected in the middle of a request', async () => {
    const { hostname, port } = new URL(database.url);
    const head = 'POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\nContent-Length: 999\r\n\r\n';
    for (const body of ['', '{"TableName":"outbox","Item":{"pk":{"S":"half']) {
      const socket = connect(Number(port), hostname);
      await new Promise<void>((resolve) => socket.write(head + body, () => resolve()));
      socket.resetAndDestroy();
    }
    await put(entry('still here'));
    expect(await get('still here')).toBeDefined();
  });
});

describe('limits', () => {
  const read = (Keys: Item[]) => client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } } }));

  it('are 25 items per BatchWriteItem and 100 per BatchGetItem', async () => {
    const items = numbers(101).map((number) => entry(`e${number}`));
    for (const from of [0, 25, 50, 75]) await putAll(items.slice(from, from + 25));
    await expect(putAll(items.slice(0, 26))).rejects.toMatchObject({ name: 'ValidationException' });
    const { Responses, UnprocessedKeys } = await read(items.slice(0, 100));
    expect([Responses?.[TableName]?.length, UnprocessedKeys]).toEqual([100, {}]);
    await expect(read(items)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('are 16 MB per BatchGetItem; the other keys are returned as unprocessed', async () => {
    const names = numbers(48).map((number) => `e${String(number).padStart(2, '0')}`);
    for (const name of names) await put(entry(name, text(390_000)));
    const Keys = names.map((name) => entry(name));
    const { Responses, UnprocessedKeys } = await read(Keys);
    const count = Responses?.[TableName]?.length ?? 0;
    expect(count).toBeGreaterThan(40);
    expect(UnprocessedKeys?.[TableName]).toEqual({ Keys: Keys.slice(count) });
  });

  it.each([
    ['Latin', 'x', 1],
    ['Chinese', '钟', 3],
  ])('are 400 KB per item in bytes of %s text', async (_, letter, bytes) => {
    const sized = (size: number) => entry('a', { text: { S: letter.repeat(Math.floor(size / bytes)) } });
    await put(sized(400 * 1024 - 'destination群entrya text'.length - 8));
    const rejection = { name: 'ValidationException', message: 'Item size has exceeded the maximum allowed size' };
    await expect(put(sized(400 * 1024))).rejects.toMatchObject(rejection);
    await expect(putAll([sized(400 * 1024)])).rejects.toMatchObject(rejection);
  });
});

describe('capacity units', () => {
  it('count one write unit per KB in bytes, at least one, also for index entries', async () => {
    expect(await spent(() => put(entry('a')))).toEqual([1, 0]);
    expect(await spent(() => put(entry('b', text(1500))))).toEqual([2, 0]);
    expect(await spent(() => put(entry('c', { text: { S: '钟'.repeat(500) } })))).toEqual([2, 0]);
    expect(await spent(() => put(entry('b')))).toEqual([2, 0]);
    expect(await spent(() => client.send(new DeleteItemCommand({ TableName, Key: entry('no') })))).toEqual([1, 0]);
    expect(await spent(() => put(entry('d', { ...pending(1), ...text(1500) })))).toEqual([4, 0]);
    expect(await spent(() => put(entry('d', { ...pending(2), ...text(1500) })))).toEqual([6, 0]);
    expect(await spent(() => putAll([entry('d'), entry('e')]))).toEqual([5, 0]);
  });

  it('count a write whose condition fails', async () => {
    await put(entry('a', text(1500)));
    expect(await spent(() => put(entry('a'), NOT_EXISTS).catch(() => undefined))).toEqual([2, 0]);
  });

  it('count one read unit per 4 KB, half for an eventual read, and the items of one Query together', async () => {
    for (const number of numbers(4)) await put(entry(`e${number}`, { ...pending(1), ...text(1900) }));
    expect(await spent(() => get('e0'))).toEqual([0, 1]);
    expect(await spent(() => get('e0', false))).toEqual([0, 0.5]);
    expect(await spent(() => get('none', false))).toEqual([0, 0.5]);
    expect(await spent(() => query())).toEqual([0, 2]);
    expect(await spent(() => query({ IndexName: 'pending', ConsistentRead: false }))).toEqual([0, 1]);
    expect(await spent(() => query({ Select: 'COUNT' }))).toEqual([0, 2]);
    const RequestItems = { [TableName]: { Keys: [entry('e0'), entry('e1')], ConsistentRead: true } };
    expect(await spent(() => client.send(new BatchGetItemCommand({ RequestItems })))).toEqual([0, 2]);
  });
});

describe('time to live', () => {
  const enable = (Enabled: boolean) =>
    client.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { Enabled, AttributeName: 'expires' } }),
    );

  it('removes only what has expired', async () => {
    await enable(true);
    const inSeconds = (seconds: number): Item => ({ expires: { N: String(now / 1000 + seconds) } });
    const items = { past: inSeconds(-1), future: inSeconds(60), never: {}, ancient: { expires: { N: '1' } } };
    for (const [name, more] of Object.entries(items)) await put(entry(name, more));
    await put(entry('word', { expires: { S: 'soon' } }));
    expect(await database.sweep()).toBe(1);
    const { Items = [] } = await client.send(new ScanCommand({ TableName }));
    expect(Items.map((item) => item.entry?.S).sort()).toEqual(['ancient', 'future', 'never', 'word']);
    now += 61_000;
    expect(await database.sweep()).toBe(1);
  });
});
