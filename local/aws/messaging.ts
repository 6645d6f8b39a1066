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
 * The worker's program; text, because a compiled function would miss its compiler's helpers there. `startFauxqs` listens on
 * all addresses, `buildApp` lets the caller choose. Its SNS envelopes contain `"Subject":null` where SNS omits the member, so
 * the program removes it from received messages.
 */
const PROGRAM = `
${FIFO}
const { createHash } = require('node:crypto');
const { parentPort, workerData } = require('node:worker_threads');

const realNow = Date.now;
let advancedMs = 0;
Date.now = () => realNow() + advancedMs;

function withoutNullSubject(message) {
  if (!message.Body.startsWith('{"Type":"Notification",')) return message;
  const Body = message.Body.replace('"Subject":null,', '');
  return { ...message, Body, MD5OfBody: createHash('md5').update(Body).digest('hex') };
}

const modules = [workerData.entry, new URL('sqs/sqsStore.js', workerData.entry)];
Promise.all(modules.map((module) => import(module))).then(async ([{ buildApp }, { SqsQueue, SqsStore }]) => {
  receiveSeveralOfAGroup(SqsQueue);
  const scopeDeduplication = deduplicateByGroup(SqsStore);
  const sqsStore = new SqsStore();
  const app = buildApp({ logger: false, defaultRegion: workerData.region, stores: { sqsStore } });
  app.addHook('preSerialization', async (request, reply, payload) =>
    payload && payload.Messages ? { ...payload, Messages: payload.Messages.map(withoutNullSubject) } : payload,
  );
  const requests = {};
  let fault;
  let rate = 1;
  parentPort.on('message', (command) => {
    if (command.kind === 'rate') rate = command.rate;
    if (command.kind === 'fault') fault = command.fault;
    if (command.kind === 'advance') advancedMs += command.ms;
    parentPort.postMessage(requests);
  });
  function dueFault(operation) {
    if (!fault || (fault.operation ?? operation) !== operation || fault.times === 0) return undefined;
    if (Math.random() >= (fault.chance ?? 1)) return undefined;
    if (fault.times !== undefined) fault.times -= 1;
    return fault.kind;
  }
  const rejections = {
    throttle: [400, { __type: 'com.amazonaws.sqs#RequestThrottled', message: 'Request is throttled.' }],
    error: [500, { __type: 'com.amazonaws.sqs#InternalFailure', message: 'The request processing has failed.' }],
  };
  app.addHook('preHandler', async (request, reply) => {
    const [service, operation] = String(request.headers['x-amz-target'] ?? '').split('.');
    const sqs = service === 'AmazonSQS' ? operation : undefined;
    const name = sqs ? 'sqs.' + sqs : 'sns.' + (request.body?.Action ?? 'unknown');
    requests[name] = (requests[name] ?? 0) + 1;
    for (const entry of sqs && request.body ? [request.body, ...(request.body.Entries ?? [])] : []) {
      if (entry.DelaySeconds) entry.DelaySeconds = Math.floor(entry.DelaySeconds / rate);
      if (operation === 'ChangeMessageVisibility') entry.VisibilityTimeout = Math.ceil(entry.VisibilityTimeout / rate);
      if (operation.startsWith('SendMessage')) scopeDeduplication(sqsStore.getQueue(request.body.QueueUrl), entry);
    }
    const kind = sqs && dueFault(sqs);
    if (kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.ms ?? 1000));
    if (kind === 'lost') request.isLost = true;
    const [status, body] = rejections[kind] ?? [];
    if (status) return reply.code(status).type('application/x-amz-json-1.0').send(body);
  });
  app.addHook('onSend', async (request) => {
    if (request.isLost) request.raw.socket.destroy();
  });
  parentPort.postMessage(await app.listen({ host: '127.0.0.1', port: 0 }));
});
`;

/** The url of the queue with this ARN. */
export function queueUrl(endpoint: string, arn: string): string {
  const [region, account, name] = arn.split(':').slice(3);
  return `http://sqs.${region}.localhost:${new URL(endpoint).port}/${account}/${name}`;
}

type Command =
  | { kind: 'requests' }
  | { kind: 'rate'; rate: number }
  | { kind: 'advance'; ms: number }
  | { kind: 'fault'; fault: Fault | undefined };

export interface Messaging extends Listener {
  /** Number of requests by operation, e.g. `sqs.SendMessage`. */
  requests(): Promise<Record<string, number>>;
  /** Divides DelaySeconds, and the VisibilityTimeout of ChangeMessageVisibility, by this rate from now on. */
  setRate(rate: number): void;
  /** Lets time pass at once: delays, visibility timeouts and deduplication intervals. */
  advance(ms: number): Promise<void>;
  /** Makes requests to SQS fail; undefined ends that. */
  setFault(fault: Fault | undefined): Promise<void>;
}

function entryOf(name: string): string {
  const roots = require.resolve.paths(name) ?? [];
  const entry = roots.map((root) => join(root, name, 'dist/app.js')).find(existsSync);
  if (!entry) throw new Error(`${name} is not installed.`);
  return pathToFileURL(entry).href;
}

/**
 * SQS and SNS by fauxqs 1.9.2. It is an ES module, so it runs in a worker, without a test runner or a bundler between it and Node.
 *
 * Differences from AWS: time is real time, whatever the clock's rate, so a FIFO queue forgets a deduplication id after five
 * real minutes; a message may be given to a poller that has disconnected, so pollers use `WaitTimeSeconds: 1` and do not abort;
 * topics deliver to queues only; body filters are incomplete, so filter in rules. Queue urls do not resolve: clients need
 * `useQueueUrlAsEndpoint: false`.
 */
export async function startMessaging(region: string): Promise<Messaging> {
  const worker = new Worker(PROGRAM, { eval: true, workerData: { entry: entryOf('fauxqs'), region } });
  const [url] = await once(worker, 'message');
  /** One command at a time, because each is answered by one message. */
  let last: Promise<unknown> = Promise.resolve();
  function execute(command: Command): Promise<Record<string, number>> {
    const executed = last.then(async () => {
      const answered = once(worker, 'message');
      worker.postMessage(command);
      const [requests] = await answered;
      return requests as Record<string, number>;
    });
    last = executed;
    return executed;
  }

  return {
    url: String(url),
    setRate: (rate) => void execute({ kind: 'rate', rate }),
    advance: async (ms) => void (await execute({ kind: 'advance', ms })),
    requests: () => execute({ kind: 'requests' }),
    setFault: async (fault) => void (await execute({ kind: 'fault', fault })),
    async close() {
      await worker.terminate();
    },
  };
}
