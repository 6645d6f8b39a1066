import type { AwsEvent } from '../formatter';
import type { Json } from '../json';
import { distortions, factOf, readerOf, sample } from '../locale.fixture';
import formatter from './formatter';

type Event = Parameters<typeof formatter.format>[0];
const english = readerOf('en');
const chinese = readerOf('zh-CN');
const card = (name: string, locale = english) => formatter.format(sample<Json>(name), locale);

it('the title names metric, value and threshold', () => {
  expect(card('alarm-metric')).toMatchObject({
    title: 'ALARM · order-api-cpu-high · CPUUtilization 97.33 > 80',
    severity: 'critical',
  });
  expect(card('alarm-metric', chinese).title).toBe('告警 · order-api-cpu-high · CPUUtilization 97.33 > 80');
});

it('the card shows the newest value, whatever order CloudWatch lists them in', () => {
  expect(factOf(card('alarm-math'), 'Value')).toBe('7.813');
});

it('the card is resolved after an alarm, with its duration', () => {
  const recovered = card('alarm-ok', chinese);
  expect(recovered).toMatchObject({
    title: '告警恢复 · order-api-cpu-high · CPUUtilization 41.17',
    severity: 'resolved',
  });
  expect(factOf(recovered, '上一状态持续')).toBe('30 分钟');
});

it('the card is no recovery when there was no alarm', () => {
  const event = sample<Record<string, Json>>('alarm-ok');
  const previousState: unknown = { value: 'INSUFFICIENT_DATA' };
  const odd: unknown = { ...event, detail: { ...event.detail, previousState } };
  expect(formatter.format(odd as Event, english).title).toMatch(/^Alarm OK · /);
});

it('the card warns that an alarm has no data', () => {
  expect(card('alarm-insufficient-data')).toMatchObject({
    severity: 'warning',
    title: expect.stringContaining('data'),
  });
});

it('the card names the children of a composite alarm, and that its actions are suppressed', () => {
  const composite = card('alarm-composite');
  expect(composite.title).toBe('ALARM · checkout-service · 2 child alarms');
  expect(factOf(composite, 'Child alarms')?.split('\n')[1]).toBe('checkout-5xx · ALARM · 2026-09-14T03:10:40.101+0000');
  expect(factOf(composite, 'Actions suppressed')).toMatch(/^WaitPeriod/);
});

it('the card compares an anomaly with what was expected', () => {
  expect(card('alarm-anomaly', chinese).title).toBe('告警 · Order count anomaly · OrdersPlaced 3，预期 118.2 – 240.3');
});

it('the card shows metric math with its inputs', () => {
  const math = card('alarm-math');
  expect(math.title).toBe('ALARM · payments-error-rate · Error rate (%) 7.813 ≥ 5');
  expect(factOf(math, 'Measured')?.split('\n')).toEqual([
    '100 * errors / invocations',
    'errors = Errors · Sum · 60 s · AWS/Lambda',
    'invocations = Invocations · Sum · 60 s · AWS/Lambda',
  ]);
});

it('the card counts the time series in alarm, and names a contributor', () => {
  expect(card('alarm-insights').title).toBe('ALARM · fleet-cpu-max · MAX(CPUUtilization) 2 of 118 time series');
  expect(card('alarm-contributor').title).toMatch(/· InstanceId=i-0\w+ MAX\(CPUUtilization\) 99.1 > 95$/);
});

it('the card links to the alarm by its Chinese name, and to what it measures, in the China console', () => {
  expect(card('alarm-china').links?.map(({ url }) => url)).toEqual([
    `https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1#alarmsV2:alarm/${encodeURIComponent('订单服务-CPU-过高')}`,
    'https://cn-north-1.console.amazonaws.cn/rds/home?region=cn-north-1#database:id=orders-primary;is-cluster=false',
  ]);
});

it('the card links to the list of alarms when the name is too long for a link', () => {
  const event = sample<Record<string, Json>>('alarm-china');
  const detail: unknown = { ...event.detail, alarmName: '警'.repeat(255) };
  expect(formatter.format({ ...event, detail } as Event, chinese).links?.[0]?.url).toMatch(/#alarmsV2:$/);
});

it('the card quotes the description, which may name the runbook', () => {
  expect(card('alarm-metric').quote).toContain('\nRunbook: https://');
});

it('the card shows what only SNS sends: evaluation periods, and treatment of missing data', () => {
  const event = sample<Record<string, Json>>('alarm-metric');
  const state: unknown = { value: 'ALARM', reason: 'Threshold Crossed: 1 datapoint [9.5 (01/06/24 11:59:00)].' };
  const { configuration } = event.detail;
  const sns = {
    threshold: 5,
    comparisonOperator: 'LessThanOrEqualToThreshold',
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
  };
  const treatMissingData = 'notBreaching';
  const detail: unknown = { ...event.detail, state, configuration: { ...configuration, ...sns, treatMissingData } };
  const odd = formatter.format({ ...event, detail } as AwsEvent<Json>, english);
  expect(odd.title).toContain('CPUUtilization 9.5 ≤ 5');
  expect(factOf(odd, 'Threshold')).toBe('≤ 5 · 3 of 5 periods');
  expect(factOf(odd, 'Missing data')).toBe('notBreaching');
});

it.each(['alarm-metric', 'alarm-composite', 'alarm-anomaly'])(
  'the card never throws, whatever becomes of %s',
  (name) => {
    for (const event of distortions(sample(name))) {
      expect(formatter.format(event as Event, chinese).title).toContain('告警');
    }
  },
);

it('format() survives unreadable figures and a lone surrogate in a name', () => {
  const event = sample<Record<string, Json>>('alarm-metric');
  const state: unknown = { value: 'ALARM', reason: 'because', reasonData: '{"threshold":' };
  const detail: unknown = { ...event.detail, alarmName: 'cpu\ud800', state };
  expect(formatter.format({ ...event, detail } as AwsEvent<Json>, english)).toMatchObject({
    severity: 'critical',
    links: [{ url: expect.stringMatching(/alarm\/cpu$/) }, {}],
  });
});
