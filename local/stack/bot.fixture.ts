import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LocalAws, startAws } from '../aws/start-aws';
import { compileBootstrap } from '../lambda/compile-bootstrap';
import { type Clients, createClients } from './clients';
import type { StackOptions } from './stack-options';
import { type Stack, startStack } from './start-stack';

/** An HTTP API, a FIFO queue and a worker. */
const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: { Timeout: 3 }
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      DefaultRouteSettings: { ThrottlingBurstLimit: 20, ThrottlingRateLimit: 10 }
  Callback:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: dist/callback
      Handler: index.handler
      Events:
        Chat:
          Type: HttpApi
          Properties: { ApiId: !Ref Api, Path: '/{platform}/{bot}', Method: POST, PayloadFormatVersion: '2.0', TimeoutInMillis: 2000 }
        Rare:
          Type: HttpApi
          Properties: { ApiId: !Ref Api, Path: /rare, Method: POST }
  Work:
    Type: AWS::SQS::Queue
    Properties:
      FifoQueue: true
      ContentBasedDeduplication: true
      DeduplicationScope: messageGroup
      FifoThroughputLimit: perMessageGroupId
      VisibilityTimeout: 3
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 2 }
  Dead: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true } }
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: dist/worker
      Handler: index.handler
      Events:
        Work:
          Type: SQS
          Properties:
            Queue: !GetAtt Work.Arn
            BatchSize: 1
            FunctionResponseTypes: [ReportBatchItemFailures]
            ScalingConfig: { MaximumConcurrency: 5 }
Outputs:
  CallbackUrl: { Value: !Sub 'https://\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}' }
  Dead: { Value: !Ref Dead }
`;

const FILES = {
  'template.yaml': TEMPLATE,
  'dist/callback/index.js': `
    exports.handler = async (event) => {
      const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
      if (event.pathParameters?.bot === 'broken') throw new Error('broken');
      if (event.pathParameters?.bot === 'slow') console.log('slow');
      if (event.pathParameters?.bot === 'slow') await new Promise((done) => setTimeout(done, 2500));
      if (event.pathParameters?.bot === 'gone') process.exit(1);
      const digest = require('node:crypto').createHash('sha256').update(body).digest('hex');
      return { statusCode: 202, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ digest, event }) };
    };`,
  /** A body is "group number", and optionally "milliseconds" that it takes, or "poison". */
  'dist/worker/index.js': `
    exports.handler = async ({ Records }) => {
      const failed = new Set();
      for (const { body, messageId, attributes } of Records) {
        const [group, number, how] = body.split(' ');
        const say = (what) => console.log(JSON.stringify({ what, group, number, batch: Records.length, count: attributes.ApproximateReceiveCount }));
        if (failed.has(attributes.MessageGroupId)) { failed.add(messageId); continue; }
        say('begin');
        await new Promise((done) => setTimeout(done, Number(how) || 0));
        if (how === 'poison') failed.add(messageId).add(attributes.MessageGroupId);
        else say('end');
      }
      return { batchItemFailures: Records.filter(({ messageId }) => failed.has(messageId)).map((one) => ({ itemIdentifier: one.messageId })) };
    };`,
};

/** Writes the application into a temporary folder and returns the folder's path. */
async function writeExampleBot(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'casebell-bot-'));
  for (const [path, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

/** The example bot with a local AWS, and everything that it logs. */
export interface TestBot {
  readonly aws: LocalAws;
  readonly clients: Clients;
  /** Prefixed with the logical id. */
  readonly lines: string[];
  /** Starts a stack with a new name; the caller closes it. */
  start(options?: Partial<StackOptions>): Promise<Stack>;
  close(): Promise<void>;
}

export async function openTestBot(): Promise<TestBot> {
  const [folder, bootstrap, aws] = await Promise.all([writeExampleBot(), compileBootstrap(), startAws()]);
  const clients = createClients(aws);
  const lines: string[] = [];
  let stacks = 0;

  return {
    lines,
    aws,
    clients,
    start: (options) =>
      startStack({
        template: join(folder, 'template.yaml'),
        stackName: `bot${++stacks}`,
        ...{ bootstrap, aws, parameters: {}, environment: aws.env },
        log: (source, line) => lines.push(`${source}: ${line}`),
        ...options,
      }),
    async close() {
      clients.close();
      await aws.close();
      await Promise.all([folder, dirname(bootstrap)].map((path) => rm(path, { recursive: true })));
    },
  };
}

const MAX_POLLS = 6_000;

/** Polls until the condition is met. @throws after too many polls, so that a failed test ends */
export async function until(isMet: () => boolean | Promise<boolean>): Promise<void> {
  for (let polls = 0; !(await isMet()); polls += 1) {
    if (polls === MAX_POLLS) throw new Error('The condition was not met.');
    await sleep(5);
  }
}
