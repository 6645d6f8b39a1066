import type { LocalAws } from '../../aws/start-aws';
import type { InvocationResult } from '../../lambda/function';
import { type Billed, MEMORY_GB } from '../prices';

export type Bill = Partial<Record<Billed, number>>;

/** The requests to AWS of some work, and its metrics. */
export interface Counted {
  bill: Bill;
  metrics: ReadonlySet<string>;
}

/** CloudWatch Logs bills so many bytes for a line in addition to its text (CloudWatch pricing, "Logs"). */
const BYTES_PER_LINE = 26;
/** Lambda's two lines about an invocation (Developer Guide, `platform.start` and `platform.report`). */
const PLATFORM_LOG_BYTES = 700;

/** Requests to SQS: deliveries into a queue, wake-ups, deletes and deferrals; empty polls are counted separately. */
const SQS = [
  ...['sns.Publish', 'sqs.SendMessage', 'sqs.SendMessageBatch', 'sqs.DeleteMessageBatch'],
  'sqs.ChangeMessageVisibility',
];

/** Counts the requests of an application. */
export function createTally() {
  const counts = { lambdaRequests: 0, gigabyteSeconds: 0, batches: 0, logBytes: 0, apiRequests: 0 };
  let metrics = new Set<string>();

  function log(_source: string, line: string): void {
    counts.logBytes += Buffer.byteLength(line) + BYTES_PER_LINE;
    for (const metric of metricsIn(line)) metrics.add(metric);
  }

  function onInvoked(_source: string, event: unknown, { durationMs, initMs = 0 }: InvocationResult): void {
    counts.lambdaRequests += 1;
    counts.logBytes += PLATFORM_LOG_BYTES;
    counts.gigabyteSeconds += ((Math.ceil(durationMs) + Math.ceil(initMs)) / 1000) * MEMORY_GB;
    if (Array.isArray(Object(event).Records)) counts.batches += 1;
  }

  async function bill(aws: LocalAws): Promise<Bill> {
    const { requests, writeUnits, readUnits } = await aws.usage();
    const { batches, logBytes, ...others } = counts;
    const sent = SQS.reduce((sum, name) => sum + (requests[name] ?? 0), batches);
    const snsRequests = requests['sns.Publish'] ?? 0;
    return { ...others, writeUnits, readUnits, sqsRequests: sent, snsRequests, logGigabytes: logBytes / 2 ** 30 };
  }

  /** @param times the work runs so often; the result is for one time. */
  async function count(aws: LocalAws, times: number, work: (time: number) => Promise<unknown>): Promise<Counted> {
    metrics = new Set();
    const before = await bill(aws);
    for (let time = 0; time < times; time += 1) await work(time);
    return { bill: scaled(sumOf(await bill(aws), scaled(before, -1)), 1 / times), metrics };
  }

  function onAnswered(): void {
    counts.apiRequests += 1;
  }

  return { log, onInvoked, onAnswered, count };
}

/** Each metric of a line with its dimensions and values, as CloudWatch bills them. */
function metricsIn(line: string): string[] {
  if (!line.includes('"CloudWatchMetrics"')) return [];
  const values = JSON.parse(line) as Record<string, unknown> & { _aws: { CloudWatchMetrics: Directive[] } };
  return values._aws.CloudWatchMetrics.flatMap(({ Dimensions, Metrics }) =>
    Metrics.map(({ Name }) => [Name, ...(Dimensions[0] ?? []).map((one) => `${one}=${values[one]}`)].join(' ')),
  );
}

interface Directive {
  Dimensions: string[][];
  Metrics: { Name: string }[];
}

export const scaled = (bill: Bill, by: number): Bill =>
  Object.fromEntries(Object.entries(bill).map(([what, count]) => [what, count * by]));

export function sumOf(...bills: readonly Bill[]): Bill {
  const sum: Record<string, number> = {};
  for (const bill of bills) for (const [what, count] of Object.entries(bill)) sum[what] = (sum[what] ?? 0) + count;
  return sum;
}
