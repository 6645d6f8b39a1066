import {
  DescribeEventBusCommand,
  type EventBridgeClient,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-eventbridge';
import { accessKeyOf } from '../caller';
import { ACCOUNT, MEMBER, ORGANIZATION, REGION, type Wired, wireEventBridge } from './wired';

const BUS = `arn:aws:events:${REGION}:${ACCOUNT}:event-bus/default`;
const STRANGER = '999999999999';
const ROLE = `arn:aws:iam::${MEMBER}:role/forwarder`;

let wired: Wired;
let queue: string;
let member: EventBridgeClient;
let stranger: EventBridgeClient;

beforeAll(async () => {
  wired = await wireEventBridge();
  queue = await wired.queue('central');
  await wired.rule('all', { source: ['shop'] }, { Arn: queue });
  [member, stranger] = [MEMBER, STRANGER].map((account) => wired.clientOf(accessKeyOf(account))) as [
    EventBridgeClient,
    EventBridgeClient,
  ];
  await wired.events.send(new PutPermissionCommand({ Policy: JSON.stringify({ Statement: [ADMITTED] }) }));
});

afterAll(() => {
  member.destroy();
  stranger.destroy();
  return wired.close();
});

const ADMITTED = {
  Sid: 'organization',
  Effect: 'Allow',
  Principal: '*',
  Action: 'events:PutEvents',
  Resource: BUS,
  Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION.id } },
};

const put = (client: EventBridgeClient, EventBusName?: string) =>
  client.send(new PutEventsCommand({ Entries: [{ EventBusName, Source: 'shop', DetailType: 'x', Detail: '{}' }] }));

async function forwarded(client: EventBridgeClient, more: object): Promise<string[]> {
  await client.send(new PutRuleCommand({ Name: 'forward', EventPattern: '{"source":["shop"]}' }));
  await client.send(new PutTargetsCommand({ Rule: 'forward', Targets: [{ Id: 'bus', Arn: BUS, ...more }] }));
  await put(client);
  return wired.received(queue);
}

it('takes what the organization’s accounts put on the bus, and refuses everybody else', async () => {
  await put(member, BUS);
  expect(await wired.received(queue)).toHaveLength(1);
  await expect(put(stranger, BUS)).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

it('takes what their rules forward with a role', async () => {
  expect(await forwarded(member, { RoleArn: ROLE })).toHaveLength(1);
});

it('refuses what a rule forwards without a role, which is nobody’s of the organization, and keeps it as a dead letter', async () => {
  const dead = await wired.queue('dead');
  expect(await forwarded(member, { DeadLetterConfig: { Arn: dead } })).toEqual([]);
  expect(await wired.received(dead)).toHaveLength(1);
  expect(await forwarded(stranger, { RoleArn: ROLE })).toEqual([]);
  expect(wired.log.splice(0)).toEqual([expect.stringContaining(MEMBER), expect.stringContaining(STRANGER)]);
});

it('shows its policy, admits one account by id, and forgets a statement', async () => {
  await wired.events.send(
    new PutPermissionCommand({ StatementId: 'one', Action: 'events:PutEvents', Principal: STRANGER }),
  );
  await put(stranger, BUS);
  const { Policy = '' } = await wired.events.send(new DescribeEventBusCommand({}));
  expect(JSON.parse(Policy).Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual(['organization', 'one']);
  await wired.events.send(new RemovePermissionCommand({ StatementId: 'one' }));
  await expect(put(stranger, BUS)).rejects.toThrow('not authorized');
});
