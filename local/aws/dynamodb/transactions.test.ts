import {
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type CasesTable, claim, increment, openCasesTable, TableName } from './cases-table';

let table: CasesTable;

beforeEach(async () => {
  table = await openCasesTable();
});

afterEach(async () => {
  await table.close();
  expect(table.log).toEqual([]);
});

const transact = (TransactItems: TransactWriteItem[], ClientRequestToken?: string) =>
  table.client.send(new TransactWriteItemsCommand({ TransactItems, ClientRequestToken }));

describe('transactions', () => {
  it('write to several items at once', async () => {
    await table.put('old');
    await transact([
      { Update: increment('old') },
      { Put: claim('new', 'me') },
      { Delete: { TableName, Key: { pk: { S: 'none' } } } },
    ]);
    expect((await table.get('old'))?.count).toEqual({ N: '1' });
    expect((await table.get('new'))?.owner).toEqual({ S: 'me' });
  });

  it('change nothing when one condition fails, and say which', async () => {
    await table.put('counter');
    await transact([{ Put: claim('taken', 'first') }]);
    await expect(transact([{ Update: increment('counter') }, { Put: claim('taken', 'second') }])).rejects.toMatchObject(
      {
        name: 'TransactionCanceledException',
        CancellationReasons: [
          { Code: 'None' },
          { Code: 'ConditionalCheckFailed', Item: { pk: { S: 'taken' }, owner: { S: 'first' } } },
        ],
      },
    );
    expect((await table.get('counter'))?.count).toEqual({ N: '0' });
  });

  it('put back what they wrote when a later item cannot be written', async () => {
    await table.put('counter');
    await table.put('word', { count: { S: 'not a number' } });
    await expect(
      transact([{ Update: increment('counter') }, { Put: claim('fresh', 'me') }, { Update: increment('word') }]),
    ).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'None' }, { Code: 'None' }, { Code: 'ValidationError' }],
    });
    expect((await table.get('counter'))?.count).toEqual({ N: '0' });
    expect(await table.get('fresh')).toBeUndefined();
  });

  it('check an item without changing it', async () => {
    await table.put('guard');
    const Check = { TableName, Key: { pk: { S: 'guard' } }, ConditionExpression: 'attribute_exists(pk)' };
    await transact([{ ConditionCheck: Check }, { Put: claim('new', 'me') }]);
    expect(await table.get('guard')).toBeDefined();
    const absent = { ...Check, ConditionExpression: 'attribute_not_exists(pk)' };
    await expect(transact([{ ConditionCheck: absent }, { Put: claim('newer', 'me') }])).rejects.toMatchObject({
      name: 'TransactionCanceledException',
    });
    expect(await table.get('newer')).toBeUndefined();
  });

  it('have exactly one winner when twenty race for an item', async () => {
    await table.put('wins');
    const racers = Array.from({ length: 20 }, (_, n) =>
      transact([{ Put: claim('prize', `racer ${n}`) }, { Update: increment('wins') }]),
    );
    const results = await Promise.allSettled(racers);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await table.get('wins'))?.count).toEqual({ N: '1' });
  });

  it('lose no increment among single updates', async () => {
    await table.put('counter');
    const single = () => table.client.send(new UpdateItemCommand(increment('counter')));
    await Promise.all(
      Array.from({ length: 60 }, (_, n) => (n % 2 ? single() : transact([{ Update: increment('counter') }]))),
    );
    expect((await table.get('counter'))?.count).toEqual({ N: '60' });
  });

  it('are done once for one ClientRequestToken, until ten minutes have passed', async () => {
    await table.put('counter');
    await transact([{ Update: increment('counter') }], 'token');
    await transact([{ Update: increment('counter') }], 'token');
    expect((await table.get('counter'))?.count).toEqual({ N: '1' });
    await expect(transact([{ Put: claim('other', 'me') }], 'token')).rejects.toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
    table.pass(11 * 60_000);
    await transact([{ Update: increment('counter') }], 'token');
    expect((await table.get('counter'))?.count).toEqual({ N: '2' });
  });

  it('refuse two operations on one item, no items and unknown tables', async () => {
    await expect(transact([{ Update: increment('a') }, { Update: increment('a') }])).rejects.toThrow(
      'multiple operations on one item',
    );
    await expect(transact([])).rejects.toMatchObject({ name: 'ValidationException' });
    const elsewhere: TransactWriteItem = { Delete: { TableName: 'nowhere', Key: { pk: { S: 'a' } } } };
    await expect(transact([elsewhere])).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('read several items in one snapshot', async () => {
    await table.put('a');
    const gets = ['a', 'none'].map((pk) => ({ Get: { TableName, Key: { pk: { S: pk } } } }));
    const { Responses } = await table.client.send(new TransactGetItemsCommand({ TransactItems: gets }));
    expect(Responses).toEqual([{ Item: { pk: { S: 'a' }, count: { N: '0' } } }, {}]);
  });
});
