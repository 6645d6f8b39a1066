import { notification, snsRecord } from '../../functions/notifier/envelopes.fixture';
import { unwrapEvents } from '../../functions/notifier/ingest/unwrap';
import type { AwsEvent } from '../formatter';
import type { Json } from '../json';
import { distortions, sample } from '../locale.fixture';
import { identityOf } from './dedup-keys';
import formatter from './formatter';

const ARN = 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:cpu-high';
const AT = '2026-09-14T03:12:08.021+0000';
const identity = (input: unknown) => unwrapEvents(input).map((event) => identityOf(event as AwsEvent<Json>))[0];

/** One change of one alarm, the three ways in which it comes. */
const byBus = (timestamp = AT, value = 'ALARM') => ({
  version: '0',
  id: 'bus-1',
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  account: '111122223333',
  time: '2026-09-14T03:12:08Z',
  region: 'us-east-1',
  resources: [ARN],
  detail: { alarmName: 'cpu-high', state: { value, timestamp } },
});
const published = JSON.stringify({
  AlarmName: 'cpu-high',
  AlarmArn: ARN,
  AWSAccountId: '111122223333',
  NewStateValue: 'ALARM',
  StateChangeTime: AT,
  Trigger: { MetricName: 'CPUUtilization', Namespace: 'AWS/EC2' },
});
const byLambda = {
  source: 'aws.cloudwatch',
  alarmArn: ARN,
  accountId: '111122223333',
  time: AT,
  region: 'us-east-1',
  alarmData: { alarmName: 'cpu-high', state: { value: 'ALARM', timestamp: AT } },
};

it.each([
  ['a topic', notification(published)],
  ['a topic, to Lambda', { Records: [snsRecord(published)] }],
  ['a Lambda action', byLambda],
  ['the bus, to the second', byBus('2026-09-14T03:12:08Z')],
])('of one change is the same by %s as by the bus', (_, input) => {
  expect(identity(input)).toEqual(identity(byBus()));
  expect(identity(input)).toMatchObject({ event: expect.anything(), incident: expect.anything() });
});

it('dedupKeys() are another event, of the same incident, for another change or state', () => {
  for (const other of [byBus('2026-09-14T03:13:08.021+0000'), byBus(AT, 'OK')]) {
    expect(identity(other)?.incident).toEqual(identity(byBus())?.incident);
    expect(identity(other)?.event).not.toEqual(identity(byBus())?.event);
  }
});

it('dedupKeys() are an incident for each contributor of an alarm', () => {
  const of = (InstanceId: string) =>
    identity({ ...byBus(), detail: { ...byBus().detail, alarmContributor: { attributes: { InstanceId } } } });
  expect(of('i-1')).toEqual(of('i-1'));
  expect(of('i-1')?.incident).not.toEqual(of('i-2')?.incident);
});

it('dedupKeys() of each event differ where it does not say when it changed', () => {
  expect(identity(byBus('soon'))).toEqual({ incident: [ARN] });
});

it('dedupKeys() are undefined without an alarm’s ARN', () => {
  expect(identity({ ...byBus(), resources: [] })).toBeUndefined();
  expect(identity({ ...byBus(), resources: ['arn:aws:s3:::bucket'] })).toBeUndefined();
});

it('dedupKeys() never throw, whatever is missing or of another type', () => {
  for (const odd of distortions(sample('alarm-contributor')))
    expect(() => formatter.dedupKeys(odd as AwsEvent<Json>)).not.toThrow();
});
