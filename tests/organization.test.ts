import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Application, startApplication } from '../local/application';
import { accessKeyOf } from '../local/aws/caller';
import type { EventInput } from '../local/aws/eventbridge/event';
import { createClock } from '../local/clock';
import { type Stack, startStack } from '../local/stack/start-stack';

const CENTRAL = '000000000000';
const MEMBER = '444455556666';
const OTHER = '777788889999';
const SANDBOX = '555566667777';
const STRANGER = '999999999999';
const ORGANIZATION = { id: 'o-a1b2c3d4e5', accounts: [CENTRAL, MEMBER, OTHER, SANDBOX] };
/** What somebody could call an account to call everyone, or to write a link, in each of the chats. */
const HOSTILE = '@all <!channel> *b* [x](https://evil.example)';

/** Times as fast as the machine's clock: a function's minute is still long enough on a busy machine. */
const UNHURRIED = 5;

const lines: string[] = [];
let application: Application;
const forwarders: Stack[] = [];

beforeAll(async () => {
  const log = (_source: string, line: string) => void lines.push(line);
  const parameters = {
    OrganizationId: ORGANIZATION.id,
    AccountNames: `${MEMBER}=生产,${OTHER}=${HOSTILE}`,
    ExcludedAccounts: SANDBOX,
  };
  application = await startApplication({
    ...{ port: 0, parameters, clock: createClock({ rate: UNHURRIED }), log },
    aws: { organization: ORGANIZATION, log: (line) => void lines.push(line) },
  });
  for (const [account, region] of MEMBERS) forwarders.push(await forwarderIn(account, region));
});

afterAll(async () => {
  for (const forwarder of forwarders) await forwarder.close();
  await application.close();
});

const MEMBERS = [
  [MEMBER, 'eu-central-1'],
  [MEMBER, 'us-west-2'],
  [OTHER, 'eu-central-1'],
  [SANDBOX, 'eu-central-1'],
  [STRANGER, 'eu-central-1'],
] as const;

/** The StackSet's body, as CloudFormation creates it in a member's account and Region. */
function forwarderIn(account: string, region: string, more = {}): Promise<Stack> {
  const { aws } = application;
  const env = { ...aws.env, AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyOf(account) };
  return startStack({
    template: 'organization/forwarder.yaml',
    parameters: { CentralAccountId: CENTRAL, CentralRegion: aws.region, ...more },
    aws: { ...aws, account, region, env },
    environment: {},
    stackName: `forwarder-${account}-${region}`,
    bootstrap: 'dist/local/bootstrap.js',
    log: () => undefined,
  });
}

interface Sample {
  id: string;
  source: string;
  'detail-type': string;
  detail: Record<string, unknown>;
}

/** A sample event in the account and Region where AWS would have put it. */
function happening(name: string, account: string, region: string, detail: object = {}): EventInput {
  const event: Sample = JSON.parse(readFileSync(`events/${name}.json`, 'utf8'));
  return { ...event, id: `${event.id}-${account}-${region}`, account, region, detail: { ...event.detail, ...detail } };
}

/** What each room shows of events that happen one after the other, once each has some of it and all is done. */
async function told(...happenings: EventInput[]) {
  const { rooms } = application.chats;
  const had = rooms.map(({ messages }) => messages.length);
  const isTold = () => rooms.every(({ messages }, index) => messages.length > (had[index] ?? 0));
  for (const one of happenings) {
    application.aws.emit(one);
    for (let waits = 0; waits < 400 && !isTold(); waits += 1) await sleep(25);
    await application.stack.idle();
  }
  return rooms.map(({ messages }, index) => messages.slice(had[index]));
}

/** The same where nothing is to be told. */
async function untold(...happenings: EventInput[]) {
  const { rooms } = application.chats;
  const had = rooms.map(({ messages }) => messages.length);
  for (const one of happenings) application.aws.emit(one);
  await application.stack.idle();
  return rooms.map(({ messages }, index) => messages.slice(had[index]));
}

const words = (messages: Awaited<ReturnType<typeof told>>[number]): string =>
  messages.flatMap(({ view }) => [view.title, ...view.lines]).join('\n');
const counts = (rooms: Awaited<ReturnType<typeof told>>): number[] => rooms.map(({ length }) => length);

it('tells what happens in a member’s account and Region, with the account’s name', async () => {
  const rooms = await told(happening('alarm-metric', MEMBER, 'eu-central-1'));
  expect(counts(rooms)).toEqual([1, 1, 1, 1, 1]);
  for (const messages of rooms) expect(words(messages)).toContain(`生产 (${MEMBER})`);
});

it('tells a Health event of one account once, though its forwarder and the delegated administrator both bring it', async () => {
  const own = {
    affectedAccount: MEMBER,
    eventScopeCode: 'ACCOUNT_SPECIFIC',
    affectedEntities: [{ entityValue: 'i-0abc' }],
  };
  const rooms = await told(
    happening('health-issue-open', MEMBER, 'eu-central-1', own),
    happening('health-issue-open', CENTRAL, application.aws.region, own),
  );
  expect(counts(rooms)).toEqual([1, 1, 1, 1, 1]);
});

it('tells it of each account that it hits', async () => {
  const of = (affectedAccount: string) =>
    happening('health-scheduled-change-many-instances', CENTRAL, application.aws.region, { affectedAccount });
  const rooms = await told(of(MEMBER), of(OTHER));
  for (const messages of rooms) {
    const shown = words(messages);
    expect(shown).toContain(`生产 (${MEMBER})`);
    expect(shown).toContain(`(${OTHER})`);
  }
});

it('tells a public Health event once, though every account gets it, and the backup Region as well', async () => {
  const copy = (account: string, region: string) =>
    happening('health-backup-region-copy', account, region, { affectedAccount: account });
  const rooms = await told(
    ...[copy(MEMBER, 'eu-central-1'), copy(MEMBER, 'us-west-2'), copy(OTHER, 'eu-central-1')],
    copy(CENTRAL, application.aws.region),
  );
  expect(counts(rooms)).toEqual([1, 1, 1, 1, 1]);
  for (const messages of rooms) expect(words(messages)).toContain('公共事件');
});

it('shows an account’s name letter by letter, whatever it is, and calls nobody', async () => {
  const rooms = await told(happening('alarm-ok', OTHER, 'eu-central-1'));
  for (const messages of rooms) {
    expect(messages.flatMap(({ view }) => view.mentions)).toEqual([]);
    /** WeCom has no escapes: it shows look-alikes, and breaks up what would be an address. */
    const shown = words(messages)
      .replace(/＜/g, '<')
      .replace(/\u200B/g, '');
    for (const word of ['@all', '<!channel>']) expect(shown).toContain(word);
    expect(shown).toContain(`(${OTHER})`);
  }
});

it('tells nothing of an excluded account, whichever way it comes, and counts it', async () => {
  const rooms = await untold(
    happening('alarm-composite', SANDBOX, 'eu-central-1'),
    happening('health-lifecycle', CENTRAL, application.aws.region, { affectedAccount: SANDBOX }),
  );
  expect(counts(rooms)).toEqual([0, 0, 0, 0, 0]);
  expect(lines.filter((line) => line.includes('event.excluded'))).toHaveLength(2);
  expect(lines.join('\n')).toMatch(/"EventsExcluded":1/);
});

it('forwards only what is switched on', async () => {
  expect(counts(await untold(happening('ec2-stopped', MEMBER, 'eu-central-1')))).toEqual([0, 0, 0, 0, 0]);
});

it('lets nobody in who is not of the organization, and leaves the event with whoever sent it', async () => {
  const event = happening('alarm-insufficient-data', STRANGER, 'eu-central-1');
  expect(counts(await untold(event))).toEqual([0, 0, 0, 0, 0]);
  expect(await deadLetters(forwarders[MEMBERS.length - 1])).toEqual([expect.objectContaining({ id: event.id })]);
});

async function deadLetters(forwarder?: Stack): Promise<unknown[]> {
  const { env, region } = application.aws;
  const credentials = { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: 'local' };
  const sqs = new SQSClient({ region, endpoint: env.AWS_ENDPOINT_URL_SQS, useQueueUrlAsEndpoint: false, credentials });
  const asked = new ReceiveMessageCommand({ QueueUrl: forwarder?.outputs.DeadLetterQueueUrl });
  const { Messages = [] } = await sqs.send(asked);
  sqs.destroy();
  return Messages.map(({ Body = '' }) => JSON.parse(Body));
}

it('forwards nothing where the stack is itself, whatever is switched on', async () => {
  const forwarder = await forwarderIn(CENTRAL, application.aws.region, {
    ForwardEC2: 'true',
    ForwardCases: 'true',
    ExtraEventSources: 'aws.backup',
  });
  forwarders.push(forwarder);
  expect(Object.keys(forwarder.resources).filter((id) => id.endsWith('Rule'))).toEqual([]);
  expect(counts(await told(happening('alarm-math', CENTRAL, application.aws.region)))).toEqual([1, 1, 1, 1, 1]);
});
