import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { CreateCaseCommand, DescribeCasesCommand, SupportClient } from '@aws-sdk/client-support';
import { type LocalAws, startAws } from './start-aws';
import { REQUEST } from './support/support.fixture';

const HOME = '111122223333';
const OTHER = '444455556666';
const RoleArn = `arn:aws:iam::${OTHER}:role/casebell/Desk`;
let aws: LocalAws;

beforeEach(async () => {
  aws = await startAws({ account: HOME, region: 'eu-west-1' });
  aws.trust({ roleArn: RoleArn, principal: HOME, externalId: 'casebell-1' });
});

afterEach(() => aws.close());

const settingsOf = (
  service: string,
  region: string,
  keys: { AccessKeyId?: string; SecretAccessKey?: string } = {},
) => ({
  region,
  endpoint: aws.env[`AWS_ENDPOINT_URL_${service}`],
  credentials: { accessKeyId: keys.AccessKeyId ?? `AKIA${HOME}CASE`, secretAccessKey: keys.SecretAccessKey ?? 'x' },
});

async function assume() {
  const sts = new STSClient(settingsOf('STS', 'eu-west-1'));
  const role = { RoleArn, RoleSessionName: 'casebell', ExternalId: 'casebell-1' };
  const { Credentials } = await sts.send(new AssumeRoleCommand(role));
  return new SupportClient(settingsOf('SUPPORT', 'us-east-1', Credentials));
}

it('opens cases in the account whose role was assumed, and signs with the role', async () => {
  const own = new SupportClient(settingsOf('SUPPORT', 'us-east-1'));
  const assumed = await assume();
  const { caseId } = await assumed.send(new CreateCaseCommand(REQUEST));
  expect(caseId).toMatch(new RegExp(`^case-${OTHER}-muzh-`));
  expect((await own.send(new DescribeCasesCommand({}))).cases).toEqual([]);
  const [found] = (await assumed.send(new DescribeCasesCommand({}))).cases ?? [];
  expect(found?.recentCommunications?.communications?.[0]?.submittedBy).toBe(`Desk (Role) <aws+${OTHER}@example.com>`);
  await own.send(new CreateCaseCommand(REQUEST));
  const [mine] = (await own.send(new DescribeCasesCommand({}))).cases ?? [];
  expect(mine?.recentCommunications?.communications?.[0]?.submittedBy).toBe(`${HOME} (Root) <aws+${HOME}@example.com>`);
});

it('knows which role lacks a permission', async () => {
  aws.support.deny(`${OTHER}/Desk`, 'CreateCase');
  const assumed = await assume();
  await expect(assumed.send(new CreateCaseCommand(REQUEST))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`arn:aws:sts::${OTHER}:assumed-role/Desk/casebell is not authorized`),
  });
});

it('is tried again by the SDK when it throttles a burst', async () => {
  const own = new SupportClient({ ...settingsOf('SUPPORT', 'us-east-1'), maxAttempts: 10 });
  const burst = Array.from({ length: 8 }, () => own.send(new DescribeCasesCommand({})));
  const attempts = (await Promise.all(burst)).map(({ $metadata }) => $metadata.attempts ?? 1);
  expect(Math.max(...attempts)).toBeGreaterThan(1);
});

/** A queue behind the rule that a stack would have in us-east-1, wherever it lives itself. */
async function openInbox() {
  const sqs = new SQSClient({ ...settingsOf('SQS', 'us-east-1'), useQueueUrlAsEndpoint: false });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'inbox' }));
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  const Arn = (await sqs.send(asked)).Attributes?.QueueArn ?? '';
  const events = new EventBridgeClient(settingsOf('EVENTBRIDGE', 'us-east-1'));
  const EventPattern = JSON.stringify({ source: ['aws.support'], detail: { origin: ['AWS'] } });
  await events.send(new PutRuleCommand({ Name: 'answers', EventPattern }));
  await events.send(new PutTargetsCommand({ Rule: 'answers', Targets: [{ Id: 'inbox', Arn }] }));
  return async () => {
    await aws.idle();
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    return Messages.map(({ Body = '' }) => JSON.parse(Body));
  };
}

it('tells the bus of the account in us-east-1 that AWS has answered', async () => {
  const receive = await openInbox();
  const own = new SupportClient(settingsOf('SUPPORT', 'us-east-1'));
  const { caseId = '' } = await own.send(new CreateCaseCommand(REQUEST));
  const foreign = await (await assume()).send(new CreateCaseCommand(REQUEST));
  aws.support.engineer.answer(caseId, '已修复');
  aws.support.engineer.answer(foreign.caseId ?? '', 'not on this bus');
  const received = await receive();
  expect(received).toHaveLength(1);
  expect(received[0]).toMatchObject({
    'detail-type': 'Support Case Update',
    account: HOME,
    region: 'us-east-1',
    detail: { 'case-id': caseId, 'event-name': 'AddCommunicationToCase', origin: 'AWS' },
  });
});

it('counts, troubles and watches Support like the others', async () => {
  const own = new SupportClient({ ...settingsOf('SUPPORT', 'us-east-1'), maxAttempts: 1 });
  const seen: string[] = [];
  aws.watch(({ name, when }) => void seen.push(`${when} ${name}`));
  await aws.setFault('support', { kind: 'lost', times: 1, operation: 'CreateCase' });
  await expect(own.send(new CreateCaseCommand(REQUEST))).rejects.toThrow('socket hang up');
  expect(aws.support.engineer.cases()).toHaveLength(1);
  expect(seen).toEqual(['before support.CreateCase', 'after support.CreateCase']);
  expect((await aws.usage()).requests).toMatchObject({ 'support.CreateCase': 1 });
});
