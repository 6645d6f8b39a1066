import { cached, createRuntime, type Runtime } from '@casebell/im/webhooks';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { chosenNames } from '../shared/accounts';
import { loadAssistant } from '../shared/assistant';
import { createDynamoDbClient } from '../shared/dynamodb';
import { createLocale } from '../shared/locale';
import { createLog } from '../shared/log';
import { createMetrics } from '../shared/metrics';
import { readSecret } from '../shared/secrets';
import { readSettings, type Settings } from '../shared/settings';
import { systemClock } from '../shared/time';
import { createDestinations, parseWebhooks } from './delivery/destinations';
import { INITIAL_STATE } from './delivery/state';
import { createSummarize } from './delivery/summary';
import { loadFormatters, withBuiltIns } from './format/formatters';
import { type AccountDirectory, createAccountDirectory } from './ingest/accounts';
import { dispatchInvocation, type NotifierDeps } from './ingest/receive';
import { createDynamoDbOutbox } from './outbox/dynamodb-outbox';
import type { Outbox } from './outbox/outbox';
import { createSqsQueues } from './outbox/sqs-queues';

type NotifierSettings = Settings<'notifier'>;

/** A changed webhook is used after this time at the latest, without a deployment. */
const SECRET_CACHE_MS = 300_000;

const log = createLog('notifier');
const dynamodb = createDynamoDbClient();
const clock = systemClock;

let opened: Promise<Open> | undefined;

interface Open {
  settings: NotifierSettings;
  notifier: NotifierDeps;
  accounts(): Promise<AccountDirectory>;
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
  const settings = readSettings('notifier', process.env, log);
  const runtime = createRuntime(settings.chatEndpoint || undefined);
  const outbox = createDynamoDbOutbox(
    dynamodb,
    { outbox: settings.outboxTable, destinations: settings.destinationTable },
    clock.now,
  );
  const destinations = cached(() => readDestinations(settings, runtime, outbox), SECRET_CACHE_MS, clock.now);
  const accounts = createAccountDirectory(accountSources(settings));
  const [plugins] = await Promise.all([loadFormatters(settings.pluginPath, log), destinations(), accounts()]);
  const metrics = createMetrics(settings.stack);
  const locale = createLocale(settings.language, settings.timeZone);
  const { model, timeZone } = settings;
  const assistantDeps = { dynamodb, timeZone, now: clock.now, log, metrics };
  const notifier = {
    formatters: withBuiltIns(plugins),
    destinations,
    outbox,
    queues: createSqsQueues({ delivery: settings.deliveryQueueUrl, deadLetters: settings.deadLetterQueueUrl }),
    locale,
    timeZone: settings.timeZone,
    accountNames: new Map(settings.accounts.map(({ id, name }) => [id, name])),
    excluded: new Set<string>(),
    metrics,
    clock,
    log,
    ...(model && { summarize: createSummarize(loadAssistant(model, assistantDeps), locale) }),
  };
  return { settings, notifier, accounts };
}

/** The reader is loaded only where a parameter is set. */
function accountSources({ accountNamesParameter, excludedAccountsParameter, accounts }: NotifierSettings) {
  const parameters = { names: accountNamesParameter, excluded: excludedAccountsParameter };
  const read = (names: readonly string[]): Promise<Map<string, string>> => {
    const { readParameters }: typeof import('./aws/parameters') = require('./aws/parameters');
    return readParameters(names);
  };
  return { parameters, known: chosenNames(accounts), read, cacheMs: SECRET_CACHE_MS, now: clock.now, log };
}

/** Each destination is stored before it has entries, so that a sweep finds its entries after its webhook is removed. */
async function readDestinations(
  { webhookSecretArn, keyword, monthlyMessages, caseBotPlatforms }: NotifierSettings,
  runtime: Runtime,
  outbox: Outbox,
) {
  const destinations = createDestinations(
    parseWebhooks(await readSecret(webhookSecretArn), keyword),
    { monthlyMessages, caseBotPlatforms },
    runtime,
  );
  await Promise.all(destinations.map(({ id }) => outbox.saveState(id, INITIAL_STATE)));
  return destinations;
}

/** Started while Lambda initialises, with its full CPU; the first invocation throws an error of this. */
ready().catch(() => undefined);

/** Lambda's entry. */
export const handler = async (input: unknown, context?: Context): Promise<SQSBatchResponse | undefined> => {
  const { notifier, settings, accounts } = await ready();
  const { names, excluded } = await accounts();
  const informed = { ...notifier, excluded, locale: createLocale(settings.language, settings.timeZone, names) };
  const deliveryQueue = settings.deliveryQueueUrl.split('/').at(-1) ?? '';
  return dispatchInvocation(input, informed, {
    requestId: context?.awsRequestId,
    remainingMs: context?.getRemainingTimeInMillis() ?? 60_000,
    deliveryQueue,
  });
};
