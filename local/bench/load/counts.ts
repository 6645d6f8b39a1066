import { asObject, fieldText, type JsonObject } from '../../../functions/notifier/ingest/json';
import type { LocalAws, Usage } from '../../aws/start-aws';
import type { InvocationResult } from '../../lambda/function';

/** What Lambda was invoked for. */
export type Trigger = 'events' | 'wake-ups' | 'sweeps';

export interface Invocations {
  count: Record<Trigger, number>;
  billedMs: Record<Trigger, number>;
  coldStarts: number;
}

/** Requests to AWS and invocations. */
export interface Counts extends Invocations {
  usage: Usage;
}

/** Counts invocations. */
export function createCounts() {
  const count = { events: 0, 'wake-ups': 0, sweeps: 0 };
  const billedMs = { events: 0, 'wake-ups': 0, sweeps: 0 };
  let coldStarts = 0;
  return {
    onInvoked(_source: string, event: unknown, { durationMs, initMs = 0, cold }: InvocationResult): void {
      const trigger = triggerOf(asObject(event));
      count[trigger] += 1;
      // Lambda bills the init phase since August 2025.
      billedMs[trigger] += Math.ceil(durationMs) + Math.ceil(initMs);
      if (cold) coldStarts += 1;
    },
    read: (): Invocations => ({ count: { ...count }, billedMs: { ...billedMs }, coldStarts }),
  };
}

function triggerOf(event: JsonObject): Trigger {
  if (event.casebell === 'sweep') return 'sweeps';
  const [record] = Array.isArray(event.Records) ? event.Records : [];
  return fieldText(asObject(record), 'eventSourceARN').endsWith('DeliveryQueue') ? 'wake-ups' : 'events';
}

/** Runs some work, and counts its requests and invocations. */
export async function counting<Result>(
  { aws, invocations }: { aws: Pick<LocalAws, 'usage'>; invocations(): Invocations },
  work: () => Promise<Result>,
): Promise<[Result, Counts]> {
  const read = async (): Promise<Counts> => ({ usage: await aws.usage(), ...invocations() });
  const before = await read();
  const result = await work();
  const after = await read();
  const usage = {
    requests: minus(after.usage.requests, before.usage.requests),
    readUnits: after.usage.readUnits - before.usage.readUnits,
    writeUnits: after.usage.writeUnits - before.usage.writeUnits,
  };
  const count = minus(after.count, before.count);
  const billedMs = minus(after.billedMs, before.billedMs);
  return [result, { usage, count, billedMs, coldStarts: after.coldStarts - before.coldStarts }];
}

function minus<Name extends string>(one: Record<Name, number>, other: Partial<Record<Name, number>>) {
  const names = Object.keys(one) as Name[];
  return Object.fromEntries(names.map((name) => [name, one[name] - (other[name] ?? 0)])) as Record<Name, number>;
}
