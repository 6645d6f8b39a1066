import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type Call, type LocalAws, startAws } from './start-aws';

const TableName = 'outbox';
const Key = { id: { S: '案例' } };
const RoleArn = 'arn:aws:iam::111122223333:role/support';
let aws: LocalAws;
let dynamodb: DynamoDBClient;
let sqs: SQSClient;
let sts: STSClient;
let QueueUrl: string | undefined;
let randomNumbers: number[];

const settingsOf = (service: string, maxAttempts = 1) => ({
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIA000000000000CASE', secretAccessKey: 'x' },
  maxAttempts,
  endpoint: aws.env[`AWS_ENDPOINT_URL_${service}`],
});

beforeEach(async () => {
  randomNumbers = [];
  aws = await startAws({ random: () => randomNumbers.shift() ?? 0 });
  dynamodb = new DynamoDBClient(settingsOf('DYNAMODB'));
  sqs = new SQSClient({ ...settingsOf('SQS'), useQueueUrlAsEndpoint: false });
  sts = new STSClient(settingsOf('STS'));
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  ({ QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'wake-ups' })));
});

afterEach(async () => {
  for (const client of [dynamodb, sqs, sts]) client.destroy();
  await aws.close();
});

const put = (client = dynamodb) => client.send(new PutItemCommand({ TableName, Item: Key }));
const get = async () => (await dynamodb.send(new GetItemCommand({ TableName, Key }))).Item;
const send = () => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '你好' }));
const assume = () => sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'support' }));

describe('setFault()', () => {
  it.each([
    ['throttle', 400, 'ProvisionedThroughputExceededException'],
    ['error', 500, 'InternalServerError'],
  ] as const)('with %s rejects one operation as often as given', async (kind, httpStatusCode, name) => {
    await aws.setFault('dynamodb', { kind, times: 1, operation: 'PutItem' });
    expect(await get()).toBeUndefined();
    await expect(put()).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
    expect(await get()).toBeUndefined();
    await put();
    expect(await get()).toEqual(Key);
  });

  it('with lost executes the request and drops the connection', async () => {
    await aws.setFault('dynamodb', { kind: 'lost', times: 1 });
    await expect(put()).rejects.toThrow('socket hang up');
    expect(await get()).toEqual(Key);
  });

  it('with slow delays requests without delaying close()', async () => {
    await aws.setFault('dynamodb', { kind: 'slow', times: 1, ms: 5 });
    await put();
    expect(await get()).toEqual(Key);
    await aws.setFault('dynamodb', { kind: 'slow', ms: 3_600_000 });
    const started = new Promise<void>((resolve) => aws.watch(() => resolve()));
    const rejected = expect(put()).rejects.toThrow();
    await started;
    await aws.close();
    await rejected;
    aws = await startAws();
  });

  it('fails with the given chance until it is removed', async () => {
    await aws.setFault('dynamodb', { kind: 'error', chance: 0.3 });
    randomNumbers = [0.2, 0.3, 0.9, 0.29];
    const results = await Promise.allSettled([put(), put(), put(), put()]);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(2);
    await aws.setFault('dynamodb', undefined);
    await put();
  });

  it('applies to SQS', async () => {
    await aws.setFault('sqs', { kind: 'throttle', times: 1, operation: 'SendMessage' });
    await expect(send()).rejects.toMatchObject({ name: expect.stringMatching(/RequestThrottled/) });
    await aws.setFault('sqs', { kind: 'error', times: 1 });
    await expect(send()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    await aws.setFault('sqs', { kind: 'lost', times: 1 });
    await expect(send()).rejects.toThrow('socket hang up');
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(['你好']);
  });

  it('applies to the Query protocol of STS', async () => {
    aws.trust({ roleArn: RoleArn, principal: '000000000000' });
    await aws.setFault('sts', { kind: 'throttle', times: 1 });
    await expect(assume()).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } });
    await aws.setFault('sts', { kind: 'lost', times: 1 });
    await expect(assume()).rejects.toThrow('socket hang up');
    expect((await assume()).AssumedRoleUser?.Arn).toContain('assumed-role/support');
  });
});

it('usage() counts every request by service and operation', async () => {
  await put();
  await aws.setFault('dynamodb', { kind: 'throttle', times: 1 });
  await put().catch(() => undefined);
  await send();
  expect(await aws.usage()).toEqual({
    requests: { 'dynamodb.CreateTable': 1, 'dynamodb.PutItem': 2, 'sqs.CreateQueue': 1, 'sqs.SendMessage': 1 },
    writeUnits: 1,
    readUnits: 0,
  });
});

describe('watch()', () => {
  it('calls the hook before and after every operation, rejected ones included, until it is ended', async () => {
    const calls: string[] = [];
    const end = aws.watch(({ name, when }) => void calls.push(`${when} ${name}`));
    await put();
    await assume().catch(() => undefined);
    end();
    await get();
    expect(calls).toEqual([
      'before dynamodb.PutItem',
      'after dynamodb.PutItem',
      'before sts.AssumeRole',
      'after sts.AssumeRole',
    ]);
  });

  /** Never continues the call, as if the caller had been killed. */
  const stopAt = (when: Call['when']): Promise<void> =>
    new Promise((reached) => {
      aws.watch((call) => {
        if (call.name !== 'dynamodb.PutItem' || call.when !== when) return undefined;
        reached();
        return new Promise(() => undefined);
      });
    });

  it.each([
    ['before', undefined],
    ['after', Key],
  ] as const)('can stop a call %s its effect', async (when, stored) => {
    const reached = stopAt(when);
    const unanswered = put().catch((error: Error) => error);
    await reached;
    expect(await get()).toEqual(stored);
    await aws.close();
    expect(await unanswered).toBeInstanceOf(Error);
    aws = await startAws();
  });
});
