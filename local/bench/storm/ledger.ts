import { asObject, type JsonObject, textAt } from '../../../functions/notifier/ingest/json';
import type { LocalAws, Usage } from '../../aws/start-aws';
import type { InvocationResult } from '../../lambda/function';

/** What Lambda was invoked for. */
export type Occasion = 'events' | 'wake-ups' | 'sweeps';

/** What was asked of AWS. */
export interface Asked {
  usage: Usage;
  invocations: Record<Occasion, number>;
  /** Milliseconds that Lambda bills. */
  billed: Record<Occasion, number>;
  coldStarts: number;
}

/** Adds up invocations; `over` an AWS, also what that was asked for. */
export function openLedger() {
  const invocations = { events: 0, 'wake-ups': 0, sweeps: 0 };
  const billed = { events: 0, 'wake-ups': 0, sweeps: 0 };
  let coldStarts = 0;
  return {
    onInvoked(_source: string, event: unknown, { durationMs, initMs = 0, cold }: InvocationResult): void {
      const occasion = occasionOf(asObject(event));
      invocations[occasion] += 1;
      // Since August 2025 Lambda bills the init phase, too.
      billed[occasion] += Math.ceil(durationMs) + Math.ceil(initMs);
      if (cold) coldStarts += 1;
    },
    over: (aws: LocalAws) => async (): Promise<Asked> => ({
      usage: await aws.usage(),
      invocations: { ...invocations },
      billed: { ...billed },
      coldStarts,
    }),
  };
}

function occasionOf(event: JsonObject): Occasion {
  if (event.casebell === 'sweep') return 'sweeps';
  const [record] = Array.isArray(event.Records) ? event.Records : [];
  return textAt(asObject(record), 'eventSourceARN').endsWith('DeliveryQueue') ? 'wake-ups' : 'events';
}

/** Does some work, and says what it has asked of AWS; undefined where there is none. */
export async function asking<Result>(
  { asked }: { asked?(): Promise<Asked> },
  work: () => Promise<Result>,
): Promise<[Result, Asked | undefined]> {
  const before = await asked?.();
  const result = await work();
  const after = await asked?.();
  return [result, before && after && between(before, after)];
}

function between(before: Asked, after: Asked): Asked {
  return {
    usage: {
      requests: minus(after.usage.requests, before.usage.requests),
      readUnits: after.usage.readUnits - before.usage.readUnits,
      writeUnits: after.usage.writeUnits - before.usage.writeUnits,
    },
    invocations: minus(after.invocations, before.invocations),
    billed: minus(after.billed, before.billed),
    coldStarts: after.coldStarts - before.coldStarts,
  };
}

function minus<Name extends string>(one: Record<Name, number>, other: Partial<Record<Name, number>>) {
  const names = Object.keys(one) as Name[];
  return Object.fromEntries(names.map((name) => [name, one[name] - (other[name] ?? 0)])) as Record<Name, number>;
}
