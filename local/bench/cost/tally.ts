import type { LocalAws } from '../../aws/start-aws';
import type { InvocationResult } from '../../lambda/function';
import { type Billed, GIGABYTES } from '../prices';

export type Bill = Partial<Record<Billed, number>>;

/** What some work has asked of AWS, and which metrics it has written. */
export interface Asked {
  bill: Bill;
  metrics: ReadonlySet<string>;
}

/** In bytes: what CloudWatch Logs bills for a line besides its text (CloudWatch pricing, "Logs"). */
const PER_LINE = 26;
/** In bytes: Lambda's own two lines about an invocation, as the Developer Guide shows `platform.start` and `platform.report`. */
const PLATFORM_LINES = 700;

/** The requests to SQS that a delivery into a queue, a wake-up, a delete and a pause are; what pollers ask for in vain is apart. */
const SQS = [
  ...['sns.Publish', 'sqs.SendMessage', 'sqs.SendMessageBatch', 'sqs.DeleteMessageBatch'],
  'sqs.ChangeMessageVisibility',
];

/** Listens to an application, and adds up. */
export function openTally() {
  const counts = { lambdaRequests: 0, gigabyteSeconds: 0, batches: 0, logBytes: 0, apiRequests: 0 };
  let metrics = new Set<string>();

  function log(_source: string, line: string): void {
    counts.logBytes += Buffer.byteLength(line) + PER_LINE;
    for (const metric of metricsIn(line)) metrics.add(metric);
  }

  function onInvoked(_source: string, event: unknown, { durationMs, initMs = 0 }: InvocationResult): void {
    counts.lambdaRequests += 1;
    counts.logBytes += PLATFORM_LINES;
    counts.gigabyteSeconds += ((Math.ceil(durationMs) + Math.ceil(initMs)) / 1000) * GIGABYTES;
    if (Array.isArray(Object(event).Records)) counts.batches += 1;
  }

  async function bill(aws: LocalAws): Promise<Bill> {
    const { requests, writeUnits, readUnits } = await aws.usage();
    const { batches, logBytes, ...others } = counts;
    const sent = SQS.reduce((sum, name) => sum + (requests[name] ?? 0), batches);
    const snsRequests = requests['sns.Publish'] ?? 0;
    return { ...others, writeUnits, readUnits, sqsRequests: sent, snsRequests, logGigabytes: logBytes / 2 ** 30 };
  }

  /** @param times how often the work is done; it is billed for once. */
  async function asking(aws: LocalAws, times: number, work: (time: number) => Promise<unknown>): Promise<Asked> {
    metrics = new Set();
    const before = await bill(aws);
    for (let time = 0; time < times; time += 1) await work(time);
    return { bill: scaled(sumOf(await bill(aws), scaled(before, -1)), 1 / times), metrics };
  }

  function onAnswered(): void {
    counts.apiRequests += 1;
  }

  return { log, onInvoked, onAnswered, asking };
}

/** Each metric of a line, with its dimensions and their values: as CloudWatch counts and bills them. */
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
