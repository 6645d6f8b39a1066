import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** For tests: an HTTP API, a FIFO queue and a worker, which the parameter `Bot` switches off. */
const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Parameters:
  Bot: { Type: String, Default: 'yes' }
  Table: { Type: String, Default: '' }
Conditions:
  HasBot: !Equals [!Ref Bot, 'yes']
  HasOwnTable: !And [!Condition HasBot, !Equals [!Ref Table, '']]
  HasFastLane: !Not [!Condition HasBot]
Globals:
  Function: { Timeout: 3, Environment: { Variables: { COMMON: everywhere } } }
  HttpApi: { Tags: { product: example } }
Resources:
  Notifier:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: dist/notifier
      Handler: index.handler
      Environment:
        Variables:
          TABLE: !If [HasOwnTable, !Ref Conversations, !Ref AWS::NoValue]
          API_URL: !If [HasBot, !Sub 'https://\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}', '']
      Policies:
        - Statement:
            - { Effect: Allow, Action: sqs:SendMessage, Resource: '*' }
            - !If
              - HasBot
              - { Effect: Allow, Action: dynamodb:Query, Resource: !Sub '\${Conversations.Arn}/index/byChat' }
              - !Ref AWS::NoValue
      Events:
        Fast: !If [HasFastLane, { Type: Schedule, Properties: { Schedule: rate(1 minute) } }, !Ref AWS::NoValue]
  Api:
    Type: AWS::Serverless::HttpApi
    Condition: HasBot
    Properties:
      Description: Callbacks of chat platforms
      FailOnWarnings: true
      AccessLogSettings: { DestinationArn: !GetAtt ApiLog.Arn, Format: '{"status":"$context.status"}' }
      DefaultRouteSettings: { ThrottlingBurstLimit: 20, ThrottlingRateLimit: 10 }
  ApiLog: { Type: AWS::Logs::LogGroup, Condition: HasBot, Properties: { RetentionInDays: 30 } }
  Callback:
    Type: AWS::Serverless::Function
    Condition: HasBot
    Properties:
      CodeUri: dist/callback
      Handler: index.handler
      Environment: { Variables: { QUEUE: !Ref Work } }
      Events:
        Chat:
          Type: HttpApi
          Properties: { ApiId: !Ref Api, Path: '/{platform}/{bot}', Method: POST, PayloadFormatVersion: '2.0', TimeoutInMillis: 2000 }
        Rare:
          Type: HttpApi
          Properties: { ApiId: !Ref Api, Path: /rare, Method: POST }
  Work:
    Type: AWS::SQS::Queue
    Condition: HasBot
    Properties:
      FifoQueue: true
      ContentBasedDeduplication: true
      DeduplicationScope: messageGroup
      FifoThroughputLimit: perMessageGroupId
      VisibilityTimeout: 3
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 2 }
  Dead: { Type: AWS::SQS::Queue, Condition: HasBot, Properties: { FifoQueue: true } }
  Worker:
    Type: AWS::Serverless::Function
    Condition: HasBot
    DependsOn: Conversations
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
  Conversations:
    Type: AWS::DynamoDB::Table
    Condition: HasOwnTable
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }, { AttributeName: chat, AttributeType: S }]
      KeySchema: [{ AttributeName: pk, KeyType: HASH }]
      GlobalSecondaryIndexes:
        - { IndexName: byChat, KeySchema: [{ AttributeName: chat, KeyType: HASH }], Projection: { ProjectionType: INCLUDE, NonKeyAttributes: [title] } }
      TimeToLiveSpecification: { AttributeName: expires, Enabled: true }
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true }
      DeletionProtectionEnabled: true
      Tags: [{ Key: product, Value: example }]
Outputs:
  CallbackUrl: { Condition: HasBot, Value: !Sub 'https://\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}' }
  Dead: { Condition: HasBot, Value: !Ref Dead }
  Notifier: { Value: !Ref Notifier }
`;

const FILES = {
  'template.yaml': TEMPLATE,
  'dist/notifier/index.js': 'exports.handler = async () => process.env;',
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
export async function writeExampleBot(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'casebell-bot-'));
  for (const [path, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}
