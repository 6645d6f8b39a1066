import { lasting, liveIn, openAsking, type World, world } from '@casebell/im';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { dynamodb } from './aws/dynamodb';
import { openOutbox } from './aws/outbox';
import { openQueues } from './aws/queues';
import { readSecret } from './aws/secrets';
import { openSummaries } from './aws/summaries';
import type { Clock } from './delivery/office';
import { destinationsOf } from './destinations';
import { loadFormatters } from './formatters';
import { invoked } from './invoked';
import { log } from './log';
import { openMetrics } from './metrics';
import type { Notifier } from './notify';
import type { Outbox } from './outbox';
import { withOurOwn } from './own-formatters';
import { speak } from './say';
import { type ModelSettings, readSettings, type Settings } from './settings';
import { UNTOUCHED } from './standing';
import { openSummarize } from './summarize';
import { webhooksOf } from './webhooks';

/** In ms: a mended webhook is used from then on at the latest, without a deployment. */
const SECRET_LASTS = 300_000;

const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
};

let opened: Promise<Open> | undefined;

interface Open {
  settings: Settings;
  notifier: Notifier;
}

/** A failed start is not kept: the next invocation tries again, and fails with the reason if it has to. */
function ready(): Promise<Open> {
  opened ??= open().catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function open(): Promise<Open> {
  const settings = readSettings(process.env, log);
  if (!liveIn(settings.timeZone))
    log.error('settings.wrong', { setting: 'TIME_ZONE', given: settings.timeZone, instead: 'UTC' });
  const here = world(settings.chatEndpoint || undefined);
  const outbox = openOutbox(dynamodb, settings.tables, clock.now);
  const destinations = lasting(() => readDestinations(settings, here, outbox), SECRET_LASTS, clock.now);
  const [plugins] = await Promise.all([loadFormatters(settings.pluginPath, log), destinations()]);
  const metrics = openMetrics(settings.stack);
  const say = speak(settings.language);
  const notifier = {
    formatters: withOurOwn(plugins),
    destinations,
    outbox,
    queues: openQueues(settings.queues),
    say,
    accountNames: settings.accountNames,
    metrics,
    clock,
    log,
    ...(settings.model && { summarize: summarizing(settings, settings.model, { say, metrics }) }),
  };
  return { settings, notifier };
}

/** Its client would cost every cold start 25 ms, so it is a layer of its own, loaded only where a model is switched on. */
function summarizing(
  { tables }: Settings,
  { prompt, maxTokens, dailyTokens, debug, ...place }: ModelSettings,
  voice: Pick<Notifier, 'say' | 'metrics'>,
) {
  const { openBedrock, openLedger }: typeof import('@casebell/bedrock') = require('@casebell/bedrock');
  const ledger = dailyTokens ? openLedger(dynamodb, tables.outbox, dailyTokens, clock.now) : undefined;
  const overhear = debug ? (question: object, said: object) => log.info('model.said', { question, said }) : undefined;
  const ask = openAsking({ model: openBedrock(place), ledger, now: clock.now, overhear });
  const summaries = openSummaries(dynamodb, tables.outbox, clock.now);
  return openSummarize({ ask, summaries, prompt, maxTokens, ...voice, clock, log });
}

/** Each is known to the sweeps before anything waits for it, so that nothing is left lying when its webhook is taken out. */
async function readDestinations(
  { secretArn, keyword, monthlyMessages, caseBots }: Settings,
  here: World,
  outbox: Outbox,
) {
  const destinations = destinationsOf(
    webhooksOf(await readSecret(secretArn), keyword),
    monthlyMessages,
    here,
    caseBots,
  );
  await Promise.all(destinations.map(({ id }) => outbox.save(id, UNTOUCHED)));
  return destinations;
}

/** Begun while Lambda initialises, with its full CPU; what goes wrong here is told to the first invocation. */
ready().catch(() => undefined);

/** Lambda's entry. */
export const handler = async (input: unknown, context?: Context): Promise<SQSBatchResponse | undefined> => {
  const { notifier, settings } = await ready();
  const wakeQueue = settings.queues.wake.split('/').at(-1) ?? '';
  return invoked(input, notifier, wakeQueue, {
    requestId: context?.awsRequestId,
    remaining: context?.getRemainingTimeInMillis() ?? 60_000,
  });
};
