import { CreateTableCommand, DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { type Call, type LocalAws, startAws } from './start-aws';

const TableName = 'cases';
const Key = { id: { S: '案例' } };
let aws: LocalAws;
let dynamodb: DynamoDBClient;
let sts: STSClient;

beforeEach(async () => {
  aws = await startAws();
  const credentials = { accessKeyId: 'AKIA000000000000CASE', secretAccessKey: 'x' };
  const settings = { region: 'us-east-1', credentials, maxAttempts: 1 };
  dynamodb = new DynamoDBClient({ ...settings, endpoint: aws.env.AWS_ENDPOINT_URL_DYNAMODB });
  sts = new STSClient({ ...settings, endpoint: aws.env.AWS_ENDPOINT_URL_STS });
  await dynamodb.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
});

afterEach(async () => {
  dynamodb.destroy();
  sts.destroy();
  await aws.close();
});

const put = () => dynamodb.send(new PutItemCommand({ TableName, Item: Key }));
const get = async () => (await dynamodb.send(new GetItemCommand({ TableName, Key }))).Item;
const assume = () => {
  const RoleArn = 'arn:aws:iam::111122223333:role/desk';
  return sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'desk' }));
};

it('tells of every operation before it is done and after, refused ones too, until it is ended', async () => {
  const seen: string[] = [];
  const end = aws.watch(({ name, when }) => void seen.push(`${when} ${name}`));
  await put();
  await assume().catch(() => undefined);
  end();
  await get();
  expect(seen).toEqual([
    'before dynamodb.PutItem',
    'after dynamodb.PutItem',
    'before sts.AssumeRole',
    'after sts.AssumeRole',
  ]);
});

/** Stands for a worker that is killed: who never gets an answer does not go on. */
function holdAt(when: Call['when']): Promise<void> {
  return new Promise((reached) => {
    aws.watch((passing) => {
      if (passing.name !== 'dynamodb.PutItem' || passing.when !== when) return undefined;
      reached();
      return new Promise(() => undefined);
    });
  });
}

it.each([
  ['before', undefined],
  ['after', Key],
] as const)('lets a test stop everything right %s the effect', async (when, stored) => {
  const reached = holdAt(when);
  const unanswered = put().catch((error: Error) => error);
  await reached;
  expect(await get()).toEqual(stored);
  await aws.close();
  expect(await unanswered).toBeInstanceOf(Error);
  aws = await startAws();
});

it('troubles STS too, in its own protocol', async () => {
  aws.trust({ roleArn: 'arn:aws:iam::111122223333:role/desk', principal: '000000000000' });
  await aws.setFault('sts', { kind: 'throttle', times: 1 });
  await expect(assume()).rejects.toMatchObject({ name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } });
  await aws.setFault('sts', { kind: 'lost', times: 1 });
  await expect(assume()).rejects.toThrow('socket hang up');
  expect((await assume()).AssumedRoleUser?.Arn).toContain('assumed-role/desk');
});
