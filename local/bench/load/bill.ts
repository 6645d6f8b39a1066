import { type Figure, round } from '../figure';
import { MEMORY_GB, PRICES } from '../prices';
import type { Counts } from './counts';
import { sum } from './observed';

const MILLION = 1_000_000;
const SWEEPS_PER_MONTH = 30 * 24 * 60;
/** Each delivery of SNS into the queue is a request to SQS. */
const SQS_REQUESTS = ['sns.Publish', 'sqs.SendMessage', 'sqs.DeleteMessageBatch'];

/**
 * The cost of so many events, per million. SQS: deliveries into the queue, receives with a result, deletes and wake-ups;
 * polls of an empty queue cost the same without events. Sweeps have their own bill. Lambda's time is that of this machine.
 */
export function billOf(phase: string, counts: Counts, sweep: Counts, events: number): Figure[] {
  const { usage, count, billedMs, coldStarts } = counts;
  const perMillion = (value: number): number => (value / events) * MILLION;
  const withoutSweeps = (all: number, swept = 0): number =>
    perMillion(all - (count.sweeps * swept) / sweep.count.sweeps);
  const line = (figure: string, value: number, unit: string): Figure => ({
    ...{ bench: 'load', figure: `per million of ${phase}: ${figure}`, unit },
    value: unit === '$' ? Math.round(value * 100) / 100 : Math.round(value),
  });
  const writes = withoutSweeps(usage.writeUnits, sweep.usage.writeUnits);
  const reads = withoutSweeps(usage.readUnits, sweep.usage.readUnits);
  const batches = count.events + count['wake-ups'];
  const sqs = perMillion(sum(SQS_REQUESTS.map((name) => usage.requests[name] ?? 0)) + batches);
  const gigabyteSeconds = perMillion(((billedMs.events + billedMs['wake-ups']) / 1000) * MEMORY_GB);
  const dollars = {
    DynamoDB: writes * PRICES.writeUnits.each + reads * PRICES.readUnits.each,
    SQS: sqs * PRICES.sqsRequests.each,
    Lambda: perMillion(batches) * PRICES.lambdaRequests.each + gigabyteSeconds * PRICES.gigabyteSeconds.each,
  };
  const requests = Object.keys(usage.requests).filter((name) => name.startsWith('dynamodb.'));
  return [
    ...requests
      .map((name) => line(name, withoutSweeps(usage.requests[name] ?? 0, sweep.usage.requests[name]), 'requests'))
      .filter(({ value }) => value > 0),
    line('DynamoDB', writes, 'write units'),
    line('DynamoDB', reads, 'read units'),
    line('SQS', sqs, 'requests'),
    line('Lambda for events', perMillion(count.events), 'invocations'),
    line('Lambda for wake-ups', perMillion(count['wake-ups']), 'invocations'),
    line(`Lambda, ${coldStarts} cold starts included`, gigabyteSeconds, 'GB-s'),
    line('DynamoDB for one of the three rooms', dollars.DynamoDB / 3, '$'),
    ...Object.entries(dollars).map(([service, value]) => line(service, value, '$')),
    line('all', sum(Object.values(dollars)), '$'),
  ];
}

/** A month of sweeps, one a minute. */
export function sweepBill({ usage, billedMs, count }: Counts): Figure {
  const dollars =
    usage.writeUnits * PRICES.writeUnits.each +
    usage.readUnits * PRICES.readUnits.each +
    count.sweeps * PRICES.lambdaRequests.each +
    (billedMs.sweeps / 1000) * MEMORY_GB * PRICES.gigabyteSeconds.each;
  const value = round((dollars / count.sweeps) * SWEEPS_PER_MONTH * 100);
  return { bench: 'load', figure: 'sweeps, one a minute', value, unit: 'cents a month' };
}
