import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Fault } from './faults';
import type { Listener } from './listener';
import { FIFO } from './messaging/fifo';

/** The account in every queue and topic ARN: fauxqs knows no other. */
export const MESSAGING_ACCOUNT = '000000000000';

/**
 * What the worker runs; text, so that no compiler's helpers are missing there. `startFauxqs` would listen on all
 * addresses, `buildApp` lets us choose. Its SNS envelopes have `"Subject":null` where SNS leaves the member out, so
 * that is taken out again on the way to the receiver.
 */
const PROGRAM = `
${FIFO}
const { createHash } = require('node:crypto');
const { parentPort, workerData } = require('node:worker_threads');

function withoutNullSubject(message) {
  if (!message.Body.startsWith('{"Type":"Notification",')) return message;
  const Body = message.Body.replace('"Subject":null,', '');
  return { ...message, Body, MD5OfBody: createHash('md5').update(Body).digest('hex') };
}

const modules = [workerData.entry, new URL('sqs/sqsStore.js', workerData.entry)];
Promise.all(modules.map((module) => import(module))).then(async ([{ buildApp }, { SqsQueue, SqsStore }]) => {
  severalOfAGroup(SqsQueue);
  const scope = dedupeByGroup(SqsStore);
  const sqsStore = new SqsStore();
  const app = buildApp({ logger: false, defaultRegion: workerData.region, stores: { sqsStore } });
  app.addHook('preSerialization', async (request, reply, payload) =>
    payload && payload.Messages ? { ...payload, Messages: payload.Messages.map(withoutNullSubject) } : payload,
  );
  const requests = {};
  let fault;
  let rate = 1;
  parentPort.on('message', (asked) => {
    if (asked.kind === 'rate') return (rate = asked.rate);
    if (asked.kind === 'trouble') fault = asked.fault;
    parentPort.postMessage(requests);
  });
  function due(operation) {
    if (!fault || (fault.operation ?? operation) !== operation || fault.times === 0) return undefined;
    if (Math.random() >= (fault.chance ?? 1)) return undefined;
    if (fault.times !== undefined) fault.times -= 1;
    return fault.kind;
  }
  const refusals = {
    throttle: [400, { __type: 'com.amazonaws.sqs#RequestThrottled', message: 'Request is throttled.' }],
    error: [500, { __type: 'com.amazonaws.sqs#InternalFailure', message: 'The request processing has failed.' }],
  };
  app.addHook('preHandler', async (request, reply) => {
    const [service, operation] = String(request.headers['x-amz-target'] ?? '').split('.');
    const sqs = service === 'AmazonSQS' ? operation : undefined;
    const name = sqs ? 'sqs.' + sqs : 'sns.' + (request.body?.Action ?? 'unknown');
    requests[name] = (requests[name] ?? 0) + 1;
    for (const sent of sqs && request.body ? [request.body, ...(request.body.Entries ?? [])] : []) {
      if (sent.DelaySeconds) sent.DelaySeconds = Math.floor(sent.DelaySeconds / rate);
      if (operation === 'ChangeMessageVisibility') sent.VisibilityTimeout = Math.ceil(sent.VisibilityTimeout / rate);
      if (operation.startsWith('SendMessage')) scope(sqsStore.getQueue(request.body.QueueUrl), sent);
    }
    const kind = sqs && due(sqs);
    if (kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1000));
    if (kind === 'lost') request.isLost = true;
    if (refusals[kind]) return reply.code(refusals[kind][0]).type('application/x-amz-json-1.0').send(refusals[kind][1]);
  });
  app.addHook('onSend', async (request) => {
    if (request.isLost) request.raw.socket.destroy();
  });
  parentPort.postMessage(await app.listen({ host: '127.0.0.1', port: 0 }));
});
`;

/** The url under which the queue with this ARN is known. */
export function queueUrl(endpoint: string, arn: string): string {
  const [region, account, name] = arn.split(':').slice(3);
  return `http://sqs.${region}.localhost:${new URL(endpoint).port}/${account}/${name}`;
}

export interface Messaging extends Listener {
  /** How often each operation was asked for, e.g. `sqs.SendMessage`. */
  requests(): Promise<Record<string, number>>;
  /** Shortens the DelaySeconds of messages, and for how long one is hidden anew, from now on. */
  setRate(rate: number): void;
  /** Makes SQS fail, or no longer. */
  setFault(fault: Fault | undefined): Promise<void>;
}

function entryOf(name: string): string {
  const roots = require.resolve.paths(name) ?? [];
  const entry = roots.map((root) => join(root, name, 'dist/app.js')).find(existsSync);
  if (!entry) throw new Error(`${name} is not installed.`);
  return pathToFileURL(entry).href;
}

/**
 * SQS and SNS: fauxqs 1.9.2, which is an ES module and therefore lives in a worker of its own, where neither a test
 * runner nor a bundler stands between it and Node.
 *
 * What differs from AWS: a FIFO queue forgets a deduplication id after five real minutes, whatever the clock says; a message may
 * go to a poller that has gone away, so poll briefly (`WaitTimeSeconds: 1`) and let it finish; topics deliver to queues only, and body filters are
 * weak, so filter in rules. Queue urls do not resolve: clients need `useQueueUrlAsEndpoint: false`.
 */
export async function startMessaging(region: string): Promise<Messaging> {
  const worker = new Worker(PROGRAM, { eval: true, workerData: { entry: entryOf('fauxqs'), region } });
  const [url] = await once(worker, 'message');
  async function ask(question: { kind: 'requests' } | { kind: 'trouble'; fault: Fault | undefined }) {
    const answered = once(worker, 'message');
    worker.postMessage(question);
    const [counts] = await answered;
    return counts as Record<string, number>;
  }

  return {
    url: String(url),
    setRate: (rate) => worker.postMessage({ kind: 'rate', rate }),
    requests: () => ask({ kind: 'requests' }),
    setFault: async (fault) => void (await ask({ kind: 'trouble', fault })),
    async close() {
      await worker.terminate();
    },
  };
}
