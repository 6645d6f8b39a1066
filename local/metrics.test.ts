import { createMetricsReader } from './metrics';

const line = (values: object, Metrics = Object.keys(values).map((Name) => ({ Name, Unit: 'Count' }))) =>
  JSON.stringify({
    _aws: { Timestamp: 1, CloudWatchMetrics: [{ Namespace: 'Casebell', Dimensions: [['platform']], Metrics }] },
    platform: 'slack',
    ...values,
  });

it('returns totals, totals by dimension and the last value of a metric', () => {
  const metrics = createMetricsReader();
  const backlog = { Name: 'Backlog' };
  expect(metrics.read(line({ Delivered: 2, Backlog: 9 }))).toBe(true);
  expect(metrics.read(line({ Delivered: [1, 3], platform: '钉钉' }, [{ Name: 'Delivered', Unit: 'Count' }]))).toBe(
    true,
  );
  expect(metrics.read(line({ Backlog: 4 }, [{ ...backlog, Unit: 'Count' }]))).toBe(true);
  expect(metrics.total('Delivered')).toBe(6);
  expect(metrics.by('Delivered', 'platform')).toEqual({ slack: 2, 钉钉: 4 });
  expect([metrics.latest('Backlog'), metrics.latest('None'), metrics.total('None')]).toEqual([4, undefined, 0]);
});

it.each(['hello', '{"level":"INFO"}', '{', '[1]', '{"_aws":{}}', '{"_aws":null}', ''])(
  'ignores the line %j',
  (other) => {
    const metrics = createMetricsReader();
    expect(metrics.read(other)).toBe(false);
    expect(metrics.total('Delivered')).toBe(0);
  },
);
