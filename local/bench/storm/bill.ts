import { type Figure, round } from '../figure';
import { GIGABYTES, PRICES } from '../prices';
import type { Asked } from './ledger';
import { sum } from './shown';

const MILLION = 1_000_000;
const SWEEPS_A_MONTH = 30 * 24 * 60;
/** Of SNS the deliveries into the queue, of which each is a request to SQS. */
const SQS_REQUESTS = ['sns.Publish', 'sqs.SendMessage', 'sqs.DeleteMessageBatch'];

/**
 * What so many events have cost, per million. Of SQS that is the deliveries into the queue, the receives that gave something,
 * deletes and wake-ups; what Lambda's pollers ask of an empty queue costs the same without any event. Sweeps are left out:
 * theirs is a bill of its own. Lambda's milliseconds are this machine's.
 */
export function billOf(phase: string, { usage, invocations, billed, coldStarts }: Asked, sweep: Asked, events: number) {
  const { requests } = usage;
  const per = (value: number): number => (value / events) * MILLION;
  const apart = (all: number, swept = 0): number => per(all - (invocations.sweeps * swept) / sweep.invocations.sweeps);
  const line = (figure: string, value: number, unit: string): Figure => ({
    ...{ bench: 'storm', figure: `per million of ${phase}: ${figure}`, unit },
    value: unit === '$' ? Math.round(value * 100) / 100 : Math.round(value),
  });
  const writes = apart(usage.writeUnits, sweep.usage.writeUnits);
  const reads = apart(usage.readUnits, sweep.usage.readUnits);
  const batches = invocations.events + invocations['wake-ups'];
  const sqs = per(sum(SQS_REQUESTS.map((name) => requests[name] ?? 0)) + batches);
  const gigabyteSeconds = per(((billed.events + billed['wake-ups']) / 1000) * GIGABYTES);
  const dollars = {
    DynamoDB: writes * PRICES.writeUnits.each + reads * PRICES.readUnits.each,
    SQS: sqs * PRICES.sqsRequests.each,
    Lambda: per(batches) * PRICES.lambdaRequests.each + gigabyteSeconds * PRICES.gigabyteSeconds.each,
  };
  return [
    ...Object.keys(requests)
      .filter((name) => name.startsWith('dynamodb.'))
      .map((name) => line(name, apart(requests[name] ?? 0, sweep.usage.requests[name]), 'requests'))
      .filter(({ value }) => value > 0),
    line('DynamoDB', writes, 'write units'),
    line('DynamoDB', reads, 'read units'),
    line('SQS', sqs, 'requests'),
    line('Lambda for events', per(invocations.events), 'invocations'),
    line('Lambda for wake-ups', per(invocations['wake-ups']), 'invocations'),
    line(`Lambda, ${coldStarts} cold starts included`, gigabyteSeconds, 'GB-s'),
    line('DynamoDB for one room of the three', dollars.DynamoDB / 3, '$'),
    ...Object.entries(dollars).map(([service, value]) => line(service, value, '$')),
    line('all', sum(Object.values(dollars)), '$'),
  ];
}

/** A month of sweeps, one a minute, whether anything happens or not. */
export function standingBill({ usage, billed, invocations }: Asked): Figure {
  const dollars =
    usage.writeUnits * PRICES.writeUnits.each +
    usage.readUnits * PRICES.readUnits.each +
    invocations.sweeps * PRICES.lambdaRequests.each +
    (billed.sweeps / 1000) * GIGABYTES * PRICES.gigabyteSeconds.each;
  const value = round((dollars / invocations.sweeps) * SWEEPS_A_MONTH * 100);
  return { bench: 'storm', figure: 'sweeps, one a minute', value, unit: 'cents a month' };
}
