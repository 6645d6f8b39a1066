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
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type LocalAws, startAws } from '../start-aws';

type Item = Record<string, AttributeValue>;

const TableName = 'outbox';
let aws: LocalAws;
let client: DynamoDBClient;

const entry = (name: string, more: Item = {}): Item => ({ destination: { S: '群' }, entry: { S: name }, ...more });
const waiting = (number: number): Item => ({ waiting: { N: String(number) } });
const text = (bytes: number): Item => ({ text: { S: 'x'.repeat(bytes) } });

const put = (Item: Item, ConditionExpression?: string) =>
  client.send(new PutItemCommand({ TableName, Item, ConditionExpression }));

const replace = (items: Item[]) =>
  client.send(
    new BatchWriteItemCommand({ RequestItems: { [TableName]: items.map((Item) => ({ PutRequest: { Item } })) } }),
  );

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

const waitingNow = async () =>
  (await query({ IndexName: 'waiting' })).Items?.map((item) => `${item.waiting?.N} ${item.entry?.S}`);

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** What the work has consumed: write units, read units. */
async function spent(work: () => Promise<unknown>): Promise<[number, number]> {
  const before = await aws.usage();
  await work();
  const after = await aws.usage();
  return [after.writeUnits - before.writeUnits, after.readUnits - before.readUnits];
}

beforeEach(async () => {
  aws = await startAws();
  const credentials = { accessKeyId: 'AKIA000000000000CASE', secretAccessKey: 'x' };
  client = new DynamoDBClient({ region: 'us-east-1', endpoint: aws.env.AWS_ENDPOINT_URL_DYNAMODB, credentials });
  const key = (AttributeName: string, KeyType: 'HASH' | 'RANGE') => ({ AttributeName, KeyType });
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'destination', AttributeType: 'S' },
        { AttributeName: 'entry', AttributeType: 'S' },
        { AttributeName: 'waiting', AttributeType: 'N' },
      ],
      KeySchema: [key('destination', 'HASH'), key('entry', 'RANGE')],
      LocalSecondaryIndexes: [
        {
          IndexName: 'waiting',
          KeySchema: [key('destination', 'HASH'), key('waiting', 'RANGE')],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
});

afterEach(async () => {
  client.destroy();
  await aws.close();
});

describe('a sparse local index', () => {
  it('holds only the items that have its attribute, in the order of the number, also when read strongly', async () => {
    await put(entry('b', waiting(1000)));
    await put(entry('a', waiting(9)));
    await put(entry('c'));
    expect(await waitingNow()).toEqual(['9 a', '1000 b']);
    const range = { ':d': { S: '群' }, ':n': { N: '9' } };
    const due = await query({
      IndexName: 'waiting',
      KeyConditionExpression: 'destination = :d AND waiting <= :n',
      ExpressionAttributeValues: range,
    });
    expect(due.Items).toEqual([entry('a', waiting(9))]);
  });

  it('loses an item that a batch puts without the attribute, and one that is updated or deleted', async () => {
    for (const name of ['a', 'b', 'c', 'd']) await put(entry(name, waiting(1)));
    await replace([entry('a'), entry('e', waiting(2))]);
    const update = { UpdateExpression: 'REMOVE waiting' };
    await client.send(new UpdateItemCommand({ TableName, Key: entry('b'), ...update }));
    await client.send(new DeleteItemCommand({ TableName, Key: entry('c') }));
    expect(await waitingNow()).toEqual(['1 d', '2 e']);
    expect((await query()).Count).toBe(4);
  });

  it('can be read page by page, without losing items of equal number', async () => {
    for (const number of numbers(7)) await put(entry(`e${number}`, waiting(number < 5 ? 1 : 2)));
    const seen: (string | undefined)[] = [];
    let ExclusiveStartKey: Item | undefined;
    do {
      const page = await query({ IndexName: 'waiting', Limit: 2, ExclusiveStartKey });
      seen.push(...(page.Items ?? []).map((item) => `${item.waiting?.N} ${item.entry?.S}`));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    /** Of equal numbers DynamoDB promises no order. */
    expect(seen.slice(0, 5).sort()).toEqual(['1 e0', '1 e1', '1 e2', '1 e3', '1 e4']);
    expect(seen.slice(5).sort()).toEqual(['2 e5', '2 e6']);
  });
});

describe('the limits of DynamoDB', () => {
  it('let an item be put once', async () => {
    await put(entry('a'), 'attribute_not_exists(entry)');
    await expect(put(entry('a'), 'attribute_not_exists(entry)')).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
    });
  });

  it('are 25 items written and 100 read at once', async () => {
    const items = numbers(100).map((number) => entry(`e${number}`));
    for (const from of [0, 25, 50, 75]) await replace(items.slice(from, from + 25));
    await expect(replace(items.slice(0, 26))).rejects.toMatchObject({ name: 'ValidationException' });
    const read = (Keys: Item[]) => client.send(new BatchGetItemCommand({ RequestItems: { [TableName]: { Keys } } }));
    const { Responses, UnprocessedKeys } = await read(items);
    expect(Responses?.[TableName]).toHaveLength(100);
    expect(UnprocessedKeys).toEqual({});
    await expect(read([...items, entry('more')])).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('are 16 MB of one BatchGetItem; the rest is left unprocessed', async () => {
    const names = numbers(48).map((number) => `e${String(number).padStart(2, '0')}`);
    for (const name of names) await put(entry(name, text(390_000)));
    const request = { Keys: names.map((name) => entry(name)), ConsistentRead: true };
    const { Responses, UnprocessedKeys } = await client.send(
      new BatchGetItemCommand({ RequestItems: { [TableName]: request } }),
    );
    const got = Responses?.[TableName]?.length ?? 0;
    expect(got).toBeGreaterThan(40);
    expect(UnprocessedKeys?.[TableName]).toEqual({ ...request, Keys: request.Keys.slice(got) });
  });

  it.each([
    ['Latin', 'x', 1],
    ['Chinese', '钟', 3],
  ])('are 400 KB of one item in bytes of %s text', async (_, letter, bytes) => {
    const sized = (size: number) => entry('a', { text: { S: letter.repeat(Math.floor(size / bytes)) } });
    const most = 400 * 1024 - 'destination群entrya text'.length - 8;
    await put(sized(most));
    const refused = { name: 'ValidationException', message: 'Item size has exceeded the maximum allowed size' };
    await expect(put(sized(400 * 1024))).rejects.toMatchObject(refused);
    await expect(replace([sized(400 * 1024)])).rejects.toMatchObject(refused);
  });

  it('are pages of 1 MB with the key to go on from', async () => {
    for (const number of numbers(5)) await put(entry(`e${number}`, text(300_000)));
    const first = await query();
    expect(first.Count).toBe(4);
    expect(first.LastEvaluatedKey).toEqual(entry('e3'));
    const second = await query({ ExclusiveStartKey: first.LastEvaluatedKey });
    expect([second.Items?.map((item) => item.entry?.S), second.LastEvaluatedKey]).toEqual([['e4'], undefined]);
  });
});

describe('what it costs', () => {
  it('counts a unit for each KB written, in bytes, and at least one', async () => {
    expect(await spent(() => put(entry('a')))).toEqual([1, 0]);
    expect(await spent(() => put(entry('b', text(1500))))).toEqual([2, 0]);
    expect(await spent(() => put(entry('c', { text: { S: '钟'.repeat(500) } })))).toEqual([2, 0]);
    expect(await spent(() => put(entry('b')))).toEqual([2, 0]);
    expect(await spent(() => client.send(new DeleteItemCommand({ TableName, Key: entry('no') })))).toEqual([1, 0]);
  });

  it('counts what goes into the index and out of it', async () => {
    expect(await spent(() => put(entry('a', { ...waiting(1), ...text(1500) })))).toEqual([4, 0]);
    expect(await spent(() => put(entry('a', { ...waiting(2), ...text(1500) })))).toEqual([6, 0]);
    expect(await spent(() => replace([entry('a'), entry('b')]))).toEqual([5, 0]);
    expect(await spent(() => put(entry('a')))).toEqual([1, 0]);
  });

  it('counts a write whose condition fails, and a transaction twice', async () => {
    await put(entry('a', text(1500)));
    const failing = () => put(entry('a'), 'attribute_not_exists(entry)').catch(() => undefined);
    expect(await spent(failing)).toEqual([2, 0]);
    const Put = { TableName, Item: entry('b', waiting(1)) };
    const transaction = new TransactWriteItemsCommand({ TransactItems: [{ Put }] });
    expect(await spent(() => client.send(transaction))).toEqual([4, 0]);
  });

  it('counts a unit for each 4 KB read strongly, half of it eventually, of a Query all items together', async () => {
    for (const number of numbers(4)) await put(entry(`e${number}`, { ...waiting(1), ...text(1900) }));
    const get = (ConsistentRead: boolean, name = 'e0') =>
      client.send(new GetItemCommand({ TableName, Key: entry(name), ConsistentRead }));
    expect(await spent(() => get(true))).toEqual([0, 1]);
    expect(await spent(() => get(false))).toEqual([0, 0.5]);
    expect(await spent(() => get(false, 'none'))).toEqual([0, 0.5]);
    expect(await spent(() => query())).toEqual([0, 2]);
    expect(await spent(() => query({ IndexName: 'waiting', ConsistentRead: false }))).toEqual([0, 1]);
    expect(await spent(() => query({ Select: 'COUNT' }))).toEqual([0, 2]);
    const Keys = [entry('e0'), entry('e1')];
    const RequestItems = { [TableName]: { Keys, ConsistentRead: true } };
    expect(await spent(() => client.send(new BatchGetItemCommand({ RequestItems })))).toEqual([0, 2]);
  });
});
