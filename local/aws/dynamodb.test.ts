import { connect } from 'node:net';
import {
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type CasesTable, claim, increment, openCasesTable, TableName } from './dynamodb/cases-table';

let table: CasesTable;

beforeEach(async () => {
  table = await openCasesTable();
});

afterEach(async () => {
  await table.close();
  expect(table.log).toEqual([]);
});

describe('single items', () => {
  it('are written, updated, found by an index and deleted', async () => {
    await table.put('一', { team: { S: '值班' } });
    await table.client.send(new UpdateItemCommand(increment('一')));
    const { Items } = await table.client.send(
      new QueryCommand({
        TableName,
        IndexName: 'by-team',
        KeyConditionExpression: 'team = :t',
        ExpressionAttributeValues: { ':t': { S: '值班' } },
      }),
    );
    expect(Items).toEqual([{ pk: { S: '一' }, team: { S: '值班' }, count: { N: '1' } }]);
    await table.client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: '一' } } }));
    expect(await table.get('一')).toBeUndefined();
  });

  it('live in a table whose ARN names the account and the Region', async () => {
    const { Table } = await table.client.send(new DescribeTableCommand({ TableName }));
    expect(Table?.TableArn).toBe('arn:aws:dynamodb:eu-west-1:111122223333:table/cases');
    expect(Table?.TableStatus).toBe('ACTIVE');
  });

  it('come back with the error when a condition failed and the old item was wanted', async () => {
    await table.put('a', { owner: { S: 'first' } });
    const write = new PutItemCommand({ ...claim('a', 'second'), Item: { pk: { S: 'a' } } });
    await expect(table.client.send(write)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: { owner: { S: 'first' } },
    });
  });

  it('are not shown in the error when nobody asked', async () => {
    await table.put('a');
    const write = new PutItemCommand({
      TableName,
      Item: { pk: { S: 'a' } },
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    await expect(table.client.send(write)).rejects.toMatchObject({
      name: 'ConditionalCheckFailedException',
      Item: undefined,
    });
  });

  it('are refused as DynamoDB refuses them', async () => {
    const unknownTable = new GetItemCommand({ TableName: 'nowhere', Key: { pk: { S: 'a' } } });
    await expect(table.client.send(unknownTable)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const wrongKey = new GetItemCommand({ TableName, Key: { other: { S: 'a' } } });
    await expect(table.client.send(wrongKey)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

it('survives a client that goes away in the middle of a request', async () => {
  const { hostname, port } = new URL(table.database.url);
  for (const body of ['', '{"TableName":"cases","Item":{"pk":{"S":"half']) {
    const socket = connect(Number(port), hostname);
    await new Promise((resolve) => socket.once('connect', resolve));
    socket.write(
      `POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: DynamoDB_20120810.PutItem\r\nContent-Length: 999\r\n\r\n${body}`,
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.resetAndDestroy();
  }
  await table.put('still here');
  expect(await table.get('still here')).toBeDefined();
});

it('keeps several databases apart', async () => {
  const other = await openCasesTable();
  await table.put('mine');
  expect(await other.get('mine')).toBeUndefined();
  await other.close();
});
