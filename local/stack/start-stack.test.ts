import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DescribeTimeToLiveCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { GetParametersCommand } from '@aws-sdk/client-ssm';
import { type LocalAws, startAws } from '../aws/start-aws';
import { compileBootstrap } from '../lambda/compile-bootstrap';
import { type Clients, createClients } from './clients';
import { writeExample } from './example-application';
import { type Stack, startStack } from './start-stack';

let folder: string;
let bootstrap: string;
let aws: LocalAws;
let clients: Clients;
let stack: Stack;
const lines: string[] = [];

beforeAll(async () => {
  [folder, bootstrap, aws] = await Promise.all([writeExample(), compileBootstrap(), startAws()]);
  clients = createClients(aws);
  stack = await startStack({
    template: join(folder, 'template.yaml'),
    stackName: 'team',
    bootstrap,
    aws,
    parameters: { Url: 'https://example.com/密', PluginLayer: join(folder, 'plugins') },
    environment: aws.env,
    log: (source, line) => lines.push(`${source}: ${line}`),
  });
});

afterAll(async () => {
  await stack.close();
  clients.close();
  await aws.close();
  await Promise.all([folder, dirname(bootstrap)].map((path) => rm(path, { recursive: true })));
});

beforeEach(() => {
  lines.length = 0;
});

it('delivers an AWS event through rule, topic and queue to the function', async () => {
  for (const source of ['aws.health', 'aws.other'])
    aws.emit({ source, 'detail-type': 'AWS Health Event', detail: { service: 'EC2 实例' } });
  await stack.idle();
  expect(lines).toEqual([expect.stringContaining('"service":"EC2 实例"')]);
  expect(lines[0]).toMatch(/^Notifier: .*"source":"aws.health"/);
});

it('moves a message that always fails to the dead-letter queue', async () => {
  const QueueUrl = stack.resources.Alerts?.ref;
  for (const MessageBody of ['good', 'poison'])
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  await stack.idle();
  expect(lines.sort()).toEqual(['Notifier: good', 'Notifier: poison', 'Notifier: poison']);
  const dead = await clients.sqs.send(
    new ReceiveMessageCommand({ QueueUrl: stack.outputs.Dead, MaxNumberOfMessages: 10 }),
  );
  expect(dead.Messages?.map((message) => message.Body)).toEqual(['poison']);
});

it('gives a function its layers, environment variables and the local AWS, a later layer over an earlier layer', async () => {
  const { payload } = (await stack.functions.Notifier?.({})) ?? {};
  expect(payload).toMatchObject({
    plugin: 'users, using ours',
    shared: 'ours',
    env: {
      SECRET_ARN: stack.resources.Secret?.ref,
      TABLE: 'team-Cases',
      AWS_LAMBDA_FUNCTION_NAME: 'team-Notifier',
      AWS_ENDPOINT_URL_SQS: aws.env.AWS_ENDPOINT_URL_SQS,
    },
  });
});

it('creates the template’s resources with CloudFormation’s values of Ref and GetAtt', async () => {
  const { Secret, Setting, Cases, Alerts, Dead } = stack.resources;
  const secret = await clients.secrets.send(new GetSecretValueCommand({ SecretId: Secret?.ref }));
  expect(secret.SecretString).toBe('https://example.com/密');
  const setting = await clients.ssm.send(new GetParametersCommand({ Names: [Setting?.ref ?? ''] }));
  expect(setting.Parameters?.[0]?.Value).toBe('{}');
  const expiry = await clients.dynamodb.send(new DescribeTimeToLiveCommand({ TableName: Cases?.ref }));
  expect(expiry.TimeToLiveDescription?.AttributeName).toBe('expires');
  expect(Alerts?.attributes).toEqual({
    Arn: `arn:aws:sqs:${aws.region}:${aws.account}:team-Alerts`,
    QueueName: 'team-Alerts',
    QueueUrl: Alerts?.ref,
  });
  expect(stack.outputs).toEqual({
    TopicArn: `arn:aws:sns:${aws.region}:${aws.account}:team-Topic`,
    Dead: Dead?.ref,
    Never: Dead?.ref,
  });
});

it('rejects a missing bootstrap with an instruction', async () => {
  const options = {
    template: join(folder, 'template.yaml'),
    bootstrap: join(folder, 'none.js'),
    parameters: {},
    aws,
    environment: {},
  };
  await expect(startStack({ ...options, log: () => undefined })).rejects.toThrow(
    'none.js is missing: run npm run build.',
  );
});
