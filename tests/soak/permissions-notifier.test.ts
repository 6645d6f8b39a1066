import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { FAST_CLOCK_RATE, MODEL_CLOCK_RATE } from '../../local/clock';
import { actionsOf, readTemplate } from '../gates/template.fixture';
import { openFaultWorld } from './fault-world.fixture';

/** IAM is not enforced on this machine, so that the function may do what it does, and nothing else, is seen here. */
it('the role of the notifier allows exactly what it calls', async () => {
  const runtime = await openFaultWorld({
    EnableLLM: 'true',
    LlmDailyTokens: '100000',
    AccountNames: '111122223333=prod',
  });
  const before = await runtime.aws.usage();
  runtime.clock.rate = MODEL_CLOCK_RATE;
  await runtime.send(readFileSync('events/health-issue-open.json', 'utf8').replaceAll('5b89633eb193', 'permissions'));
  for (let waits = 0; waits < 200 && runtime.aws.bedrock.requests.length === 0; waits += 1) await sleep(50);
  runtime.clock.rate = FAST_CLOCK_RATE;
  runtime.room('wecom').fault = { kind: 'answer', status: 200, body: { errcode: 93000 }, times: 1 };
  runtime.room('dingtalk').fault = { kind: 'answer', status: 200, body: { errcode: 130101 }, times: 1 };
  await runtime.storm(1, 1);
  await runtime.stack.idle();
  await stranger(runtime.aws.env, runtime.stack.resources.DestinationTable?.ref);
  for (let sweeps = 0; sweeps < 2; sweeps += 1) await runtime.stack.functions.Notifier?.({ casebell: 'sweep' });
  const { requests } = await runtime.aws.usage();
  await runtime.close();
  const called = Object.keys(requests).filter((name) => requests[name] !== before.requests[name]);
  const ours = called.flatMap((name) => ACTIONS.exec(name)?.[0].replace('.', ':') ?? []);
  expect([...new Set(ours.map(actionOf))].sort()).toEqual(
    ['NotifierRole', 'LlmPolicy'].flatMap((id) => actionsOf(readTemplate('template.yaml'), id)).sort(),
  );
}, 600_000);

const ACTIONS = /^(dynamodb\.\w+|secretsmanager\.GetSecretValue|ssm\.GetParameters|sqs\.Send\w+|bedrock\.\w+)$/;

/** SQS has no permission of its own for batches, nor Bedrock for Converse (Service Authorization Reference). */
const actionOf = (operation: string): string =>
  operation.replace('sqs:SendMessageBatch', 'sqs:SendMessage').replace('bedrock:Converse', 'bedrock:InvokeModel');

/** A destination whose webhook is not in the stack any more. */
async function stranger(env: Readonly<Record<string, string>>, TableName: string | undefined): Promise<void> {
  const client = new DynamoDBClient({
    region: env.AWS_REGION,
    endpoint: env.AWS_ENDPOINT_URL_DYNAMODB,
    credentials: { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'local' },
  });
  await client.send(new PutItemCommand({ TableName, Item: { destination: { S: 'slack-removed' } } }));
}
