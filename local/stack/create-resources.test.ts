import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalAws, startAws } from '../aws/start-aws';
import { startStack } from './start-stack';

let folder: string;
let aws: LocalAws;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casebell-refused-'));
  await mkdir(join(folder, 'code'));
  aws = await startAws();
});

afterAll(() => Promise.all([aws.close(), rm(folder, { recursive: true })]));

async function start(resources: string): Promise<unknown> {
  const template = join(folder, 'template.yaml');
  await writeFile(template, `Resources:\n  ${resources}\n`);
  const options = { template, bootstrap: template, aws, parameters: {}, environment: {}, log: () => undefined };
  return startStack({ ...options, stackName: 'refused' });
}

const FUNCTION = 'Type: AWS::Serverless::Function, Properties: { Handler: index.handler, CodeUri: code';

it.each([
  [
    'code that is not built',
    'A: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: dist/layers/no } }',
    'A (AWS::Serverless::LayerVersion): dist/layers/no is missing: run npm run build.',
  ],
  [
    'a misspelt property',
    'A: { Type: AWS::SQS::Queue, Properties: { FifoQeue: true } }',
    'A (AWS::SQS::Queue): FifoQeue: not supported by the local stack.',
  ],
  [
    'an unknown event type',
    `A: { ${FUNCTION}, Events: { Web: { Type: Api } } } }`,
    'Event Web: the type Api is not supported by the local stack.',
  ],
  [
    'a layer that is only in AWS',
    `A: { ${FUNCTION}, Layers: ['arn:aws:lambda:eu-west-1:1:layer:x:1'] } }`,
    'is not on this machine: give a folder instead.',
  ],
  [
    'a visibility timeout below the function’s timeout',
    `Q: { Type: AWS::SQS::Queue }\n  A: { ${FUNCTION}, Timeout: 60, Events: { Q: { Type: SQS, Properties: { Queue: !GetAtt Q.Arn } } } } }`,
    "The queue's VisibilityTimeout of 30 seconds is less than the 60 seconds of refused-A.",
  ],
])('rejects %s, with the resource’s name', async (_name, resources, message) => {
  await expect(start(resources)).rejects.toThrow(message);
});

it('reports an error for the resource that causes it, not for a dependent resource', async () => {
  const cause = 'Z: { Type: AWS::SNS::Topic, Properties: { TopicNam: x } }';
  const dependent = 'A: { Type: AWS::SNS::Subscription, Properties: { TopicArn: !Ref Z } }';
  await expect(start(`${dependent}\n  ${cause}`)).rejects.toThrow(/^Z \(AWS::SNS::Topic\): TopicNam/);
});
