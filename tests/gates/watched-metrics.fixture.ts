import { metricKey } from './metrics.fixture';

type Metric = [namespace: string, name: string, ...dimensionsAndOptions: unknown[]];
/** A widget of a dashboard (CloudWatch API Reference, "Dashboard Body Structure and Syntax"). */
export interface Widget {
  type: 'metric' | 'alarm';
  width: number;
  properties: { title: string; region?: string; metrics?: (Metric | [{ expression: string }])[]; alarms?: string[] };
}

/** A watched metric, with the values of its dimensions. */
interface Watched {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

const SEARCH = /^SEARCH\('\{(\w+),([\w,]+)\} MetricName="(\w+)" service="casebell"', '\w+', \d+\)$/;

export function inWidget(metric: Metric | [{ expression: string }]): Watched {
  const [first, name, ...rest] = metric;
  if (typeof first === 'object') {
    const [, namespace = '', dimensions = '', found = ''] = SEARCH.exec(first.expression) ?? [];
    const names = dimensions.split(',');
    return { namespace, name: found, dimensions: Object.fromEntries(names.map((one) => [one, 'casebell'])) };
  }
  const pairs = rest.filter((one) => typeof one === 'string');
  const dimensions = pairs.flatMap((one, at) => (at % 2 ? [] : [[one, pairs[at + 1] ?? '']]));
  return { namespace: first, name: String(name), dimensions: Object.fromEntries(dimensions) };
}

interface AlarmMetric {
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string; Value: string }[];
}

export function inAlarm(properties: Record<string, unknown>): Watched[] {
  const parts = (properties.Metrics ?? []) as { MetricStat?: { Metric: AlarmMetric } }[];
  const metrics = properties.MetricName
    ? [properties as unknown as AlarmMetric]
    : parts.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
  return metrics.map(({ Namespace, MetricName, Dimensions }) => ({
    namespace: Namespace,
    name: MetricName,
    dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
  }));
}

/** What AWS's services themselves measure, from the pages on monitoring in their developer guides; and whose it is. */
const OF_AWS: Record<string, { names: string[]; dimension: string; whose: RegExp }> = {
  'AWS/Lambda': { names: ['Errors', 'Throttles'], dimension: 'FunctionName', whose: /^(Notifier|Case\w+)$/ },
  'AWS/SQS': {
    names: ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'],
    dimension: 'QueueName',
    whose: /^\w+Queue\.QueueName$/,
  },
  'AWS/ApiGateway': { names: ['5xx'], dimension: 'ApiId', whose: /^CaseApi$/ },
  'AWS/Events': { names: ['TriggeredRules'], dimension: 'RuleName', whose: /^casebell-NotifierSweep$/ },
};

export function isOfAws({ namespace, name, dimensions }: Watched): boolean {
  const { names, dimension, whose } = OF_AWS[namespace] ?? { names: [], dimension: '', whose: /$^/ };
  return (
    names.includes(name) && Object.keys(dimensions).join() === dimension && whose.test(dimensions[dimension] ?? '')
  );
}

export const nameOf = ({ namespace, name, dimensions }: Watched): string =>
  metricKey(namespace, name, Object.keys(dimensions));
export const isOurs = ({ namespace }: Watched): boolean => namespace === 'Casebell';
