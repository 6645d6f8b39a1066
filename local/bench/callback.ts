import { resolve } from 'node:path';
import type { QueuedMessage } from '../../functions/case-bot/webhook/handle-callback';
import { type Application, startApplication } from '../application';
import { isBotPlatform } from '../chat/platform';
import { createCallbackTemplates, platformNamed } from '../chat/platforms';
import { type CallbackRun, runCallbacks } from './callback/run';
import type { CallbackResult } from './callback/send-callbacks';
import { type ColdCost, measureColdStarts } from './cold-start';
import { type Figure, median, quantile, round } from './figure';

/**
 * Other work on the machine disturbs one slice of the time, not most of them. The goal is for all responses, so a machine
 * without a free CPU misses it: hence the figure of its idle time.
 */
const SLICES = 10;

/** How fast the case bot answers callbacks, and what that costs. Under a minute. */
export async function callback(): Promise<Figure[]> {
  const figures = runFigures(await runCallbacks());
  const { bare, init, first } = await measureFirstCallbacks();
  return [
    ...figures,
    figure('bare Node, median CPU', bare, 'ms'),
    figure('load + init over bare Node, median CPU', init, 'ms', 120),
    figure('until a first callback is answered, over bare Node, median CPU', first, 'ms'),
  ];
}

function runFigures({ results, cold, requests, queued, idlePercent }: CallbackRun): Figure[] {
  const warm = results.filter(({ requestId }) => !cold.has(requestId)).map(({ ms }) => ms);
  const seconds = Math.max(...results.map(({ sent }) => sent.number)) / 100;
  const coldStarts = results.length - warm.length;
  // A cold start also reads the secret.
  const roundTrips = Object.values(requests).reduce((sum, count) => sum + count, 0) - coldStarts;
  const times = timesQueued(queued);
  const failures = count(results, ({ status }) => status !== 200);
  const notOnce = count(results, ({ sent }) => times.get(sent.number) !== 1);
  return [
    figure('callbacks, a hundred a second', results.length, `in ${Math.round(seconds)} s`),
    figure('warm, p50 of the response', round(median(warm)), 'ms'),
    figure('warm, p99 of the response', round(p99(warm)), 'ms', 50),
    figure(`warm, p99 of the response, median of ${SLICES} slices`, round(median(slices(warm).map(p99))), 'ms'),
    figure('machine idle meanwhile', round(idlePercent), '%'),
    figure('slowest response', round(Math.max(...results.map(({ ms }) => ms))), 'ms'),
    figure('cold starts', coldStarts, 'responses'),
    figure('answered with another status than 200', failures, 'responses', 0),
    figure('answered after the timeout of the platform', count(results, isLate), 'responses', 0),
    figure('warm, round trips to AWS before the response', roundTrips / results.length, 'a callback', 1),
    figure('not in the queue exactly once', notOnce, 'callbacks', 0),
  ];
}

const figure = (name: string, value: number, unit: string, atMost?: number): Figure => ({
  ...{ bench: 'callback', figure: name, value, unit },
  ...(atMost !== undefined && { goal: { atMost } }),
});
const p99 = (ms: readonly number[]): number => quantile(ms, 0.99);

/** In the order of sending. */
function slices(ms: readonly number[]): number[][] {
  const size = Math.ceil(ms.length / SLICES);
  return Array.from({ length: SLICES }, (_, slice) => ms.slice(slice * size, (slice + 1) * size));
}

const count = (results: readonly CallbackResult[], is: (result: CallbackResult) => boolean): number =>
  results.filter(is).length;

function isLate({ sent, ms }: CallbackResult): boolean {
  const platform = platformNamed(sent.platform);
  return isBotPlatform(platform) && ms > platform.callbackTimeoutMs;
}

/** By the number at the end of the text. */
function timesQueued(queued: readonly QueuedMessage[]): Map<number, number> {
  const times = new Map<number, number>();
  for (const { message } of queued) {
    const number = Number(/\d+$/.exec(message.text)?.[0]);
    times.set(number, (times.get(number) ?? 0) + 1);
  }
  return times;
}

/** Cold starts of the callback function: until it is ready, and until it has answered a first, encrypted callback. */
async function measureFirstCallbacks(): Promise<ColdCost> {
  const application = await startApplication({ port: 0, parameters: {}, log: () => undefined });
  const handler = resolve('dist/functions/case-bot/callback.js');
  const environment = environmentOf(application);
  const cost = await measureColdStarts({ handler, environment, event: firstEvent(), intervalMs: 0 });
  await application.close();
  return cost;
}

/** The same message each time: SQS is called each time, too. */
function firstEvent(): string {
  const platform = 'feishu';
  const template = createCallbackTemplates()[platform]?.templates.text;
  if (!template) throw new Error(`There is no message of ${platform}.`);
  const at = Date.now();
  return JSON.stringify({
    ...template.sign(template.build(1, at), at),
    pathParameters: { platform, bot: 'main' },
    requestContext: { http: { method: 'POST' } },
    isBase64Encoded: false,
  });
}

function environmentOf({ aws, stack, chats }: Application): NodeJS.ProcessEnv {
  const ref = (id: string): string => stack.resources[id]?.ref ?? '';
  return {
    ...aws.env,
    CHAT_ENDPOINT_URL: chats.url,
    BOTS_SECRET_ARNS: ref('BotSecretStore'),
    CASE_QUEUE_URL: ref('CaseQueue'),
    NODE_PATH: resolve('dist/layers/im/nodejs/node_modules'),
  };
}
