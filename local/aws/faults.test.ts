import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type LocalAws, startAws } from './start-aws';

const TableName = 'outbox';
const Key = { id: { S: 'a' } };
let aws: LocalAws;
let dynamodb: DynamoDBClient;
let sqs: SQSClient;
let QueueUrl: string | undefined;
let dice: number[];

const put = () => dynamodb.send(new PutItemCommand({ TableName, Item: Key }));
const get = async () => (await dynamodb.send(new GetItemCommand({ TableName, Key }))).Item;
const send = () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '你好' }));

beforeEach(async () => {
  dice = [];
  aws = await startAws({ random: () => dice.shift() ?? 0 });
  const credentials = { accessKeyId: 'AKIA000000000000CASE', secretAccessKey: 'x' };
  const settings = { region: 'us-east-1', credentials, maxAttempts: 1 };
  dynamodb = new DynamoDBClient({ ...settings, endpoint: aws.env.AWS_ENDPOINT_URL_DYNAMODB });
  sqs = new SQSClient({ ...settings, endpoint: aws.env.AWS_ENDPOINT_URL_SQS, useQueueUrlAsEndpoint: false });
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  ({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'wakes' })));
});

afterEach(async () => {
  dynamodb.destroy();
  sqs.destroy();
  await aws.close();
});

it.each([
  ['throttle', 400, 'ProvisionedThroughputExceededException'],
  ['error', 500, 'InternalServerError'],
] as const)('refuses as DynamoDB does with %s, one operation so many times', async (kind, status, name) => {
  await aws.setFault('dynamodb', { kind, times: 1, operation: 'PutItem' });
  expect(await get()).toBeUndefined();
  const refused = await put().catch((error) => error);
  expect(refused).toMatchObject({ name, $metadata: { httpStatusCode: status } });
  expect(await get()).toBeUndefined();
  await put();
  expect(await get()).toEqual(Key);
});

it.each(['throttle', 'error', 'lost'] as const)('is tried again by the SDK after %s', async (kind) => {
  const endpoint = aws.env.AWS_ENDPOINT_URL_DYNAMODB;
  const credentials = { accessKeyId: 'AKIA000000000000CASE', secretAccessKey: 'x' };
  const patient = new DynamoDBClient({ region: 'us-east-1', endpoint, credentials, maxAttempts: 3 });
  await aws.setFault('dynamodb', { kind, times: 2 });
  const { $metadata } = await patient.send(new PutItemCommand({ TableName, Item: Key }));
  expect($metadata.attempts).toBe(3);
  patient.destroy();
});

it('does what is asked and loses the answer', async () => {
  await aws.setFault('dynamodb', { kind: 'lost', times: 1 });
  await expect(put()).rejects.toThrow('socket hang up');
  expect(await get()).toEqual(Key);
});

it('answers late, and does not keep anybody from closing', async () => {
  await aws.setFault('dynamodb', { kind: 'slow', times: 1, ms: 200 });
  const began = performance.now();
  await put();
  expect(performance.now() - began).toBeGreaterThan(190);
  await aws.setFault('dynamodb', { kind: 'slow', ms: 3_600_000 });
  const late = expect(put()).rejects.toThrow();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await aws.close();
  await late;
  aws = await startAws();
});

it('fails with the chance it is given, until it is taken away', async () => {
  await aws.setFault('dynamodb', { kind: 'error', chance: 0.3 });
  dice = [0.2, 0.3, 0.9, 0.29];
  const results = await Promise.allSettled([put(), put(), put(), put()]);
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(2);
  await aws.setFault('dynamodb', undefined);
  await put();
});

it('troubles SQS too', async () => {
  await aws.setFault('sqs', { kind: 'throttle', times: 1, operation: 'SendMessage' });
  await expect(send()).rejects.toMatchObject({ name: expect.stringMatching(/RequestThrottled/) });
  await aws.setFault('sqs', { kind: 'error', times: 1 });
  await expect(send()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
  await aws.setFault('sqs', { kind: 'lost', times: 1 });
  await expect(send()).rejects.toThrow('socket hang up');
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages?.map(({ Body }) => Body)).toEqual(['你好']);
});

it('counts every request by service and operation', async () => {
  await put();
  await aws.setFault('dynamodb', { kind: 'throttle', times: 1 });
  await put().catch(() => undefined);
  await send();
  expect(await aws.usage()).toEqual({
    requests: {
      'dynamodb.CreateTable': 1,
      'dynamodb.PutItem': 2,
      'sqs.CreateQueue': 1,
      'sqs.SendMessage': 1,
    },
    writeUnits: 1,
    readUnits: 0,
  });
});
