import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** For tests: every resource type, two functions, and a folder `plugins` as a user's layer. */
const TEMPLATE = `
Transform: AWS::Serverless-2016-10-31
Parameters:
  Url: { Type: String, NoEcho: true }
  PluginLayer: { Type: String, Default: '', AllowedPattern: '^$|^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:layer:[A-Za-z0-9_-]+:[0-9]+$' }
Conditions:
  HasPluginLayer: !Not [!Equals [!Ref PluginLayer, '']]
Globals:
  Function:
    Runtime: nodejs22.x
    Timeout: 1
    Layers: [!Ref Ours]
Resources:
  Ours: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: dist/layers/ours } }
  Secret: { Type: AWS::SecretsManager::Secret, Properties: { SecretString: !Ref Url } }
  Setting: { Type: AWS::SSM::Parameter, Properties: { Name: /team/routes, Type: String, Value: '{}' } }
  Cases:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }, { AttributeName: chat, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      GlobalSecondaryIndexes:
        - { IndexName: byChat, KeySchema: [{ AttributeName: chat, KeyType: HASH }], Projection: { ProjectionType: ALL } }
      TimeToLiveSpecification: { AttributeName: expires, Enabled: true }
  Dead: { Type: AWS::SQS::Queue }
  Alerts:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: 1
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 2 }
  Chats: { Type: AWS::SQS::Queue, Properties: { FifoQueue: true, ContentBasedDeduplication: true } }
  Topic: { Type: AWS::SNS::Topic }
  Raw:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref Topic, Protocol: sqs, Endpoint: !GetAtt Alerts.Arn, RawMessageDelivery: true }
  TopicPolicy: { Type: AWS::SNS::TopicPolicy, Properties: { Topics: [!Ref Topic], PolicyDocument: {} } }
  Rule:
    Type: AWS::Events::Rule
    Properties:
      EventPattern: { source: [aws.health] }
      Targets: [{ Id: topic, Arn: !Ref Topic }]
  Nightly: { Type: AWS::Events::Rule, Properties: { ScheduleExpression: rate(1 day) } }
  Log: { Type: AWS::Logs::LogGroup }
  Notifier:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: dist/functions/notifier
      Handler: index.handler
      Layers: [!If [HasPluginLayer, !Ref PluginLayer, !Ref AWS::NoValue]]
      Environment: { Variables: { SECRET_ARN: !Ref Secret, TABLE: !Ref Cases, PLUGIN_DIR: /opt/nodejs/plugins } }
      Events:
        Queue:
          Type: SQS
          Properties: { Queue: !GetAtt Alerts.Arn, FunctionResponseTypes: [ReportBatchItemFailures] }
  Bot:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: dist/functions/bot
      Handler: index.handler
      Events: { Queue: { Type: SQS, Properties: { Queue: !GetAtt Chats.Arn } } }
Outputs:
  TopicArn: { Value: !Ref Topic }
  Dead: { Value: !Ref Dead }
  Never: { Value: !Ref Dead, Condition: HasPluginLayer }
`;

const FILES = {
  'template.yaml': TEMPLATE,
  'dist/functions/notifier/index.js': `
    const plugin = require(process.env.PLUGIN_DIR + '/health.cjs');
    exports.handler = async (event) => {
      if (!event.Records) return { plugin, shared: require('shared'), env: process.env };
      const poison = event.Records.filter((record) => record.body === 'poison');
      for (const record of event.Records) console.log(record.body);
      return { batchItemFailures: poison.map((record) => ({ itemIdentifier: record.messageId })) };
    };`,
  'dist/functions/bot/index.js': `
    exports.handler = async (event) => console.log(JSON.stringify(event.Records[0].attributes.MessageGroupId));`,
  'dist/layers/ours/nodejs/node_modules/shared/index.js': 'module.exports = "ours"',
  'dist/layers/ours/nodejs/plugins/health.cjs': 'module.exports = "built in"',
  'plugins/nodejs/plugins/health.cjs': 'module.exports = "users, using " + require("shared")',
};

/** Writes the application into a temporary folder and returns the folder's path. */
export async function writeExample(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'casebell-stack-'));
  for (const [path, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}
