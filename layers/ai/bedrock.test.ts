import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type LocalAws, startAws } from '../../local/aws/start-aws';
import { createAskModel } from './ask-model';
import { createBedrockModel } from './bedrock';
import { createTokenBudget } from './token-budget';

const REQUEST = { system: 'Sum it up.', text: 'The disk is full.', maxTokens: 100 };
const CREDENTIALS = { accessKeyId: 'AKIA000000000000CASE', secretAccessKey: 'local' };
const HOUR_MS = 3_600_000;
const NOON = Date.parse('2026-11-20T12:00:00Z');
const SHANGHAI = { offsetMinutes: () => 480 };

let aws: LocalAws;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());

describe('the Bedrock model', () => {
  const ask = (id: string) => {
    const config = { endpoint: aws.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME, credentials: CREDENTIALS };
    const model = createBedrockModel({ id, region: aws.region }, config);
    return createAskModel({ model, now: () => 0 })(REQUEST, 10_000, () => undefined);
  };

  it('sends a Converse request and returns its text and tokens', async () => {
    aws.bedrock.replyWith('The disk is full.');
    expect(await ask('amazon.nova-lite-v1:0')).toMatchObject({
      answer: 'The disk is full.',
      tokens: expect.any(Number),
    });
    expect(aws.bedrock.requests.at(-1)).toMatchObject({ modelId: 'amazon.nova-lite-v1:0', ...REQUEST });
  });

  it.each([
    ['throttle', 'throttled'],
    ['denied', 'denied'],
    ['end-of-life', 'unknown-model'],
    ['unavailable', 'failed'],
    ['broken', 'failed'],
    ['garbage', 'malformed'],
    ['refuse', 'refused'],
    ['guardrail', 'refused'],
    ['cut-off', 'cut-off'],
  ] as const)('reports a service that answers with %s as %s', async (manner, reason) => {
    aws.bedrock.behave(manner);
    expect(await ask('amazon.nova-lite-v1:0')).toMatchObject({ reason });
  });

  it('reports a model that does not exist', async () => {
    expect(await ask('amazon.nova-huge-v1:0')).toMatchObject({ reason: 'unknown-model' });
  });
});

describe('the token budget in DynamoDB', () => {
  let client: DynamoDBClient;
  let table: string;
  let tables = 0;
  beforeEach(async () => {
    tables += 1;
    table = `outbox-${tables}`;
    const endpoint = aws.env.AWS_ENDPOINT_URL_DYNAMODB;
    client = new DynamoDBClient({ region: aws.region, endpoint, credentials: CREDENTIALS, maxAttempts: 8 });
    const keys = ['destination', 'entry'];
    const create = new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keys.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? 'HASH' : 'RANGE' })),
    });
    await client.send(create);
  });
  afterEach(() => client.destroy());
  const create = (dailyTokens: number, at = NOON, timeZone = SHANGHAI) =>
    createTokenBudget({ client, table, dailyTokens, now: () => at, timeZone });

  it('gives out no more than a day has, however many ask at once', async () => {
    const budget = create(1_000);
    const results = await Promise.all(
      Array.from({ length: 20 }, () => budget.reserve(150, new AbortController().signal)),
    );
    expect(results.filter(Boolean)).toHaveLength(6);
  });

  it('takes tokens back', async () => {
    const budget = create(1_000);
    expect([
      await budget.reserve(900, new AbortController().signal),
      await budget.reserve(200, new AbortController().signal),
    ]).toEqual([true, false]);
    await budget.adjust(-800, new AbortController().signal);
    expect(await budget.reserve(200, new AbortController().signal)).toBe(true);
  });

  it('starts again at midnight of the time zone that is passed in', async () => {
    const midnight = Date.parse('2026-11-20T16:00:00Z');
    expect(await create(100, midnight - HOUR_MS).reserve(100, new AbortController().signal)).toBe(true);
    expect(await create(100, midnight - 1).reserve(1, new AbortController().signal)).toBe(false);
    expect(await create(100, midnight).reserve(100, new AbortController().signal)).toBe(true);
    expect(await create(100, midnight, { offsetMinutes: () => 0 }).reserve(1, new AbortController().signal)).toBe(
      false,
    );
  });

  it('rejects a question that costs more than a day has', async () => {
    expect(await create(100).reserve(101, new AbortController().signal)).toBe(false);
  });
});
