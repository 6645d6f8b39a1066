import { DescribeTableCommand, DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { openTestBot, type TestBot } from './bot.fixture';
import type { Stack } from './start-stack';

let bench: TestBot;
let stack: Stack;

beforeAll(async () => {
  bench = await openTestBot();
});

afterEach(() => stack.close());

afterAll(() => bench.close());

async function variables(): Promise<Record<string, unknown>> {
  return Object((await stack.functions.Notifier?.({}))?.payload);
}

it('creates no resource whose condition is false', async () => {
  const before = await bench.aws.usage();
  stack = await bench.start({ parameters: { Bot: 'no' } });
  expect(Object.keys(stack.resources)).toEqual(['Notifier']);
  expect(Object.keys(stack.functions)).toEqual(['Notifier']);
  expect(stack.outputs).toEqual({ Notifier: stack.resources.Notifier?.ref });
  const { requests } = await bench.aws.usage();
  for (const created of ['dynamodb.CreateTable', 'sqs.CreateQueue'])
    expect(requests[created]).toBe(before.requests[created]);
  expect(() => stack.localUrl('https://x.execute-api.us-east-1.amazonaws.com')).toThrow('No API of the stack');
  expect(await variables()).toMatchObject({ COMMON: 'everywhere', API_URL: '' });
  expect(await variables()).not.toHaveProperty('TABLE');
  await stack.idle();
});

it('creates all resources whose condition is true, and references resolve', async () => {
  stack = await bench.start();
  expect(Object.keys(stack.functions).sort()).toEqual(['Callback', 'Notifier', 'Worker']);
  const { Conversations, Work, Dead } = stack.resources;
  expect(await variables()).toMatchObject({ TABLE: Conversations?.ref, API_URL: stack.outputs.CallbackUrl });
  expect([Work, Dead].map((queue) => queue?.attributes.QueueName?.split('.')[1])).toEqual(['fifo', 'fifo']);
});

it('creates a table with its index and time to live', async () => {
  stack = await bench.start();
  const TableName = stack.resources.Conversations?.ref;
  const { Table } = await bench.clients.dynamodb.send(new DescribeTableCommand({ TableName }));
  expect(Table?.GlobalSecondaryIndexes).toMatchObject([
    { IndexName: 'byChat', Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['title'] } },
  ]);
  const expiry = await bench.clients.dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
  expect(expiry.TimeToLiveDescription).toMatchObject({ AttributeName: 'expires', TimeToLiveStatus: 'ENABLED' });
});

it('reports a reference to a resource whose condition is false', async () => {
  const wrong = { Notifier: { Environment: { Variables: { TABLE: { Ref: 'Conversations' } } } } };
  const start = () => bench.start({ parameters: { Bot: 'no' }, overrides: wrong });
  await expect(start()).rejects.toThrow(
    'Notifier (AWS::Serverless::Function): Conversations is not created: its condition HasOwnTable is false.',
  );
});
