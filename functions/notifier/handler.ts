import { cached, createRuntime, type Runtime } from '@casebell/im/webhooks';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { chosenNames } from '../shared/accounts';
import { loadAssistant } from '../shared/assistant';
import { systemClock } from '../shared/clock';
import { createDynamoDbClient } from '../shared/dynamodb';
import { createLocale } from '../shared/locale';
import { createLog } from '../shared/log';
import { createMetrics } from '../shared/metrics';
import { readSecret } from '../shared/secrets';
import { readSettings, type Settings } from '../shared/settings';
import { type Accounts, openAccounts } from './accounts';
import { openOutbox } from './aws/outbox';
import { openQueues } from './aws/queues';
import { createSummarize } from './delivery/summary';
import { destinationsOf } from './destinations';
import { loadFormatters } from './formatters';
import { invoked } from './invoked';
import type { Notifier } from './notify';
import type { Outbox } from './outbox';
import { withOurOwn } from './own-formatters';
import { UNTOUCHED } from './standing';
import { webhooksOf } from './webhooks';

type NotifierSettings = Settings<'notifier'>;

/** A changed webhook is used after this time at the latest, without a deployment. */
const SECRET_CACHE_MS = 300_000;

const log = createLog('notifier');
const dynamodb = createDynamoDbClient();
const clock = systemClock;

let opened: Promise<Open> | undefined;

interface Open {
  settings: NotifierSettings;
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
  const settings = readSettings('notifier', process.env, log);
  const runtime = createRuntime(settings.chatEndpoint || undefined);
  const outbox = openOutbox(
    dynamodb,
    { outbox: settings.outboxTable, standings: settings.destinationTable },
    clock.now,
  );
  const destinations = cached(() => readDestinations(settings, runtime, outbox), SECRET_CACHE_MS, clock.now);
  const accounts = openAccounts(accountSources(settings));
  const [plugins] = await Promise.all([loadFormatters(settings.pluginPath, log), destinations(), accounts()]);
  const metrics = createMetrics(settings.stack);
  const locale = createLocale(settings.language, settings.timeZone);
  const { model, timeZone } = settings;
  const assistantDeps = { dynamodb, timeZone, now: clock.now, log, metrics };
  const notifier = {
    formatters: withOurOwn(plugins),
    destinations,
    outbox,
    queues: openQueues({ wake: settings.deliveryQueueUrl, deadLetters: settings.deadLetterQueueUrl }),
    locale,
    accountNames: new Map(settings.accounts.map(({ id, name }) => [id, name])),
    excluded: new Set<string>(),
    metrics,
    clock,
    log,
    ...(model && { summarize: createSummarize(loadAssistant(model, assistantDeps), locale) }),
  };
  return { settings, notifier, accounts };
}

/** Their reader is a file of its own, loaded only where there is something to read. */
function accountSources({ accountNamesParameter, excludedAccountsParameter, accounts }: NotifierSettings) {
  const parameters = { names: accountNamesParameter, excluded: excludedAccountsParameter };
  const read = (names: readonly string[]): Promise<Map<string, string>> => {
    const { readParameters }: typeof import('./aws/parameters') = require('./aws/parameters');
    return readParameters(names);
  };
  return { parameters, known: chosenNames(accounts), read, lasts: SECRET_CACHE_MS, now: clock.now, log };
}

/** Each is known to the sweeps before anything waits for it, so that nothing is left lying when its webhook is taken out. */
async function readDestinations(
  { webhookSecretArn, keyword, monthlyMessages, caseBotPlatforms }: NotifierSettings,
  runtime: Runtime,
  outbox: Outbox,
) {
  const destinations = destinationsOf(
    webhooksOf(await readSecret(webhookSecretArn), keyword),
    monthlyMessages,
    runtime,
    caseBotPlatforms,
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
  const informed = { ...notifier, excluded, say: createLocale(settings.language, settings.timeZone, names) };
  const wakeQueue = settings.deliveryQueueUrl.split('/').at(-1) ?? '';
  return invoked(input, informed, wakeQueue, {
    requestId: context?.awsRequestId,
    remaining: context?.getRemainingTimeInMillis() ?? 60_000,
  });
};
