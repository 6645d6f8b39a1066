import { cpus } from 'node:os';
import type { QueuedMessage } from '../../../functions/case-bot/webhook/handle-callback';
import { startApplication } from '../../application';
import type { Usage } from '../../aws/start-aws';
import { createClients } from '../../stack/clients';
import { CALLBACK_ONLY, drain } from './queue';
import { type CallbackResult, createCallbacks, type NumberedCallback, sendCallbacks } from './send-callbacks';

/** A hundred a second for twenty seconds. */
const INTERVAL_MS = 10;
const COUNT = 2000;
/** At once, before the measurement: so many execution environments are warm then. */
const WARM_UP = 8;

export interface CallbackRun {
  results: readonly CallbackResult[];
  /** Request ids of cold starts. */
  cold: ReadonlySet<string>;
  /** Requests to AWS, by operation. */
  requests: Readonly<Record<string, number>>;
  /** The messages in the queue afterwards. */
  queued: readonly QueuedMessage[];
  /** The unused CPU of the machine, in %. */
  idlePercent: number;
}

/** A hundred callbacks a second to the callback function of the local stack. */
export async function runCallbacks(): Promise<CallbackRun> {
  const cold = new Set<string>();
  const application = await startApplication({
    port: 0,
    parameters: {},
    log: () => undefined,
    overrides: CALLBACK_ONLY,
    onInvoked: (_source, event, result) => void (result.cold && cold.add(requestIdOf(event))),
  });
  const { aws, stack, close } = application;
  const clients = createClients(aws);
  const queue = stack.resources.CaseQueue?.ref ?? '';
  const base = stack.localUrl(stack.outputs.CaseCallbackUrl ?? '');
  const urlOf = ({ platform }: NumberedCallback) => `${base}/${platform}/main`;
  try {
    const callbacks = createCallbacks(WARM_UP + COUNT, Date.now());
    await sendCallbacks(callbacks.splice(0, WARM_UP), urlOf, 0);
    await drain(clients.sqs, queue);
    const [before, idlePercent] = [await aws.usage(), watchIdle()];
    const results = await sendCallbacks(callbacks, urlOf, INTERVAL_MS);
    const measured = { results, cold, idlePercent: idlePercent(), requests: difference(before, await aws.usage()) };
    return { ...measured, queued: await drain(clients.sqs, queue) };
  } finally {
    clients.close();
    await close();
  }
}

const requestIdOf = (event: unknown): string => String(Object(Object(event).requestContext).requestId);

/** Without the polls of other queues. */
function difference(before: Usage, after: Usage): Record<string, number> {
  const requests = Object.entries(after.requests).map(
    ([name, count]) => [name, count - (before.requests[name] ?? 0)] as const,
  );
  return Object.fromEntries(requests.filter(([name, count]) => count > 0 && name !== 'sqs.ReceiveMessage'));
}

/** @returns the unused part of the machine's CPU since now, in %. */
function watchIdle(): () => number {
  const before = cpuTimes();
  return () => {
    const after = cpuTimes();
    return (100 * (after.idle - before.idle)) / (after.all - before.all);
  };
}

/** Milliseconds of all cores since the machine was started. */
function cpuTimes(): { idle: number; all: number } {
  const times = cpus().map((core) => core.times);
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  return { idle: sum(times.map(({ idle }) => idle)), all: sum(times.flatMap((each) => Object.values(each))) };
}
