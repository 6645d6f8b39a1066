import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { CreateCaseCommand, DescribeCasesCommand, SupportClient } from '@aws-sdk/client-support';
import { type LocalAws, startAws } from './start-aws';
import { REQUEST } from './support/support.fixture';

const HOME = '111122223333';
const OTHER = '444455556666';
const RoleArn = `arn:aws:iam::${OTHER}:role/casebell/Support`;
let aws: LocalAws;
let own: SupportClient;

const settingsOf = (service: string, keys: { AccessKeyId?: string; SecretAccessKey?: string } = {}) => ({
  region: 'us-east-1',
  endpoint: aws.env[`AWS_ENDPOINT_URL_${service}`],
  credentials: { accessKeyId: keys.AccessKeyId ?? `AKIA${HOME}CASE`, secretAccessKey: keys.SecretAccessKey ?? 'x' },
});

beforeEach(async () => {
  aws = await startAws({ account: HOME, region: 'eu-west-1' });
  aws.trust({ roleArn: RoleArn, principal: HOME, externalId: 'casebell-1' });
  own = new SupportClient({ ...settingsOf('SUPPORT'), maxAttempts: 1 });
});

afterEach(() => aws.close());

async function assumeRole(): Promise<SupportClient> {
  const sts = new STSClient(settingsOf('STS'));
  const role = { RoleArn, RoleSessionName: 'casebell', ExternalId: 'casebell-1' };
  const { Credentials } = await sts.send(new AssumeRoleCommand(role));
  return new SupportClient(settingsOf('SUPPORT', Credentials));
}

const open = async (client: SupportClient) => (await client.send(new CreateCaseCommand(REQUEST))).caseId ?? '';
const authorOfFirst = async (client: SupportClient) => {
  const [found] = (await client.send(new DescribeCasesCommand({}))).cases ?? [];
  return found?.recentCommunications?.communications?.[0]?.submittedBy;
};

it('opens a case in the account of the assumed role and signs it with the role', async () => {
  const assumed = await assumeRole();
  expect(await open(assumed)).toMatch(new RegExp(`^case-${OTHER}-muzh-`));
  expect(await authorOfFirst(own)).toBeUndefined();
  expect(await authorOfFirst(assumed)).toBe(`Support (Role) <aws+${OTHER}@example.com>`);
  await open(own);
  expect(await authorOfFirst(own)).toBe(`${HOME} (Root) <aws+${HOME}@example.com>`);
});

it('publishes an answer by AWS on the account’s own bus in us-east-1', async () => {
  const sqs = new SQSClient({ ...settingsOf('SQS'), useQueueUrlAsEndpoint: false });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'inbox' }));
  const events = new EventBridgeClient(settingsOf('EVENTBRIDGE'));
  const EventPattern = JSON.stringify({ source: ['aws.support'], detail: { origin: ['AWS'] } });
  await events.send(new PutRuleCommand({ Name: 'answers', EventPattern }));
  const Arn = 'arn:aws:sqs:us-east-1:000000000000:inbox';
  await events.send(new PutTargetsCommand({ Rule: 'answers', Targets: [{ Id: 'inbox', Arn }] }));

  const caseId = await open(own);
  aws.support.engineer.answer(caseId, '已修复');
  aws.support.engineer.answer(await open(await assumeRole()), 'on another account’s bus');
  await aws.idle();
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages.map(({ Body = '' }) => JSON.parse(Body))).toMatchObject([
    {
      'detail-type': 'Support Case Update',
      account: HOME,
      region: 'us-east-1',
      detail: { 'case-id': caseId, 'event-name': 'AddCommunicationToCase', origin: 'AWS' },
    },
  ]);
});
