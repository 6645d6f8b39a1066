import { cached, createAskModel, createRuntime, liveIn, type Runtime } from '@casebell/im/webhooks';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { type Accounts, openAccounts } from './accounts';
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
import { createLocale } from './say';
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
  accounts(): Promise<Accounts>;
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
  const runtime = createRuntime(settings.chatEndpoint || undefined);
  const outbox = openOutbox(dynamodb, settings.tables, clock.now);
  const destinations = cached(() => readDestinations(settings, runtime, outbox), SECRET_LASTS, clock.now);
  const accounts = openAccounts(accountSources(settings));
  const [plugins] = await Promise.all([loadFormatters(settings.pluginPath, log), destinations(), accounts()]);
  const metrics = openMetrics(settings.stack);
  const locale = createLocale(settings.language);
  const notifier = {
    formatters: withOurOwn(plugins),
    destinations,
    outbox,
    queues: openQueues(settings.queues),
    locale,
    accountNames: settings.accountNames,
    excluded: new Set<string>(),
    metrics,
    clock,
    log,
    ...(settings.model && { summarize: summarizing(settings, settings.model, { locale, metrics }) }),
  };
  return { settings, notifier, accounts };
}

/** Their reader is a file of its own, loaded only where there is something to read. */
function accountSources({ accountParameters: parameters, chosenNames: known }: Settings) {
  const read = (names: readonly string[]): Promise<Map<string, string>> => {
    const { readParameters }: typeof import('./aws/parameters') = require('./aws/parameters');
    return readParameters(names);
  };
  return { parameters, known, read, lasts: SECRET_LASTS, now: clock.now, log };
}

/** Its client would cost every cold start 25 ms, so it is a layer of its own, loaded only where a model is switched on. */
function summarizing(
  { tables }: Settings,
  { prompt, maxTokens, dailyTokens, debug, ...place }: ModelSettings,
  voice: Pick<Notifier, 'locale' | 'metrics'>,
) {
  const { createBedrockModel, createTokenBudget }: typeof import('@casebell/bedrock') = require('@casebell/bedrock');
  const ledger = dailyTokens ? createTokenBudget(dynamodb, tables.outbox, dailyTokens, clock.now) : undefined;
  const overhear = debug ? (question: object, said: object) => log.info('model.said', { question, said }) : undefined;
  const ask = createAskModel({ model: createBedrockModel(place), ledger, now: clock.now, overhear });
  const summaries = openSummaries(dynamodb, tables.outbox, clock.now);
  return openSummarize({ ask, summaries, prompt, maxTokens, ...voice, clock, log });
}

/** Each is known to the sweeps before anything waits for it, so that nothing is left lying when its webhook is taken out. */
async function readDestinations(
  { secretArn, keyword, monthlyMessages, caseBots }: Settings,
  runtime: Runtime,
  outbox: Outbox,
) {
  const destinations = destinationsOf(
    webhooksOf(await readSecret(secretArn), keyword),
    monthlyMessages,
    runtime,
    caseBots,
  );
  await Promise.all(destinations.map(({ id }) => outbox.save(id, UNTOUCHED)));
  return destinations;
}

/** Begun while Lambda initialises, with its full CPU; what goes wrong here is told to the first invocation. */
ready().catch(() => undefined);

/** Lambda's entry. */
export const handler = async (input: unknown, context?: Context): Promise<SQSBatchResponse | undefined> => {
  const { notifier, settings, accounts } = await ready();
  const { names, excluded } = await accounts();
  const informed = { ...notifier, excluded, say: createLocale(settings.language, names) };
  const wakeQueue = settings.queues.wake.split('/').at(-1) ?? '';
  return invoked(input, informed, wakeQueue, {
    requestId: context?.awsRequestId,
    remaining: context?.getRemainingTimeInMillis() ?? 60_000,
  });
};
