import { createBotRuntime } from '@casebell/im/bots';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { loadAssistant } from '../shared/assistant';
import { createDynamoDbClient } from '../shared/dynamodb';
import { createLocale } from '../shared/locale';
import { createLog, type Log } from '../shared/log';
import { createMetrics } from '../shared/metrics';
import { readSecret } from '../shared/secrets';
import { readSettings, type Settings } from '../shared/settings';
import { createHealthChecks } from './aws/health-checks';
import { createPostpone } from './aws/queues';
import { createSupportClients } from './aws/support/accounts';
import { processMessage } from './conversation/process-message';
import { retryWhenThrottled } from './conversation/retry-when-throttled';
import { accountsOf } from './domain/accounts';
import type { BotConfig, WorkerContext } from './domain/context';
import { createDynamoDbCaseStore } from './store/dynamodb-case-store';
import { createDocumentStore } from './store/dynamodb-documents';
import { handleCaseEventWithRetry } from './updates/case-event';
import { poll } from './updates/poll';
import { createBotRegistry } from './webhook/bot-registry';

const log = createLog('case-bot');
const settings = readSettings('worker', process.env, log);
const ctx = createWorkerContext(settings, log);
const postponeIn = createPostpone();
const updateQueue = settings.caseUpdateQueueUrl.split('/').at(-1);

/** The input of the template's schedule. */
type PollInput = { casebell: 'poll' };

/** Lambda handler of the message queue (in order within a conversation), of the queue of case events, and of the poll. */
export const handler = async (input: SQSEvent | PollInput): Promise<SQSBatchResponse | undefined> => {
  try {
    if ('casebell' in input) return void (await poll(ctx));
    return await handleAll(input);
  } finally {
    ctx.metrics.flush();
  }
};

async function handleAll(input: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of input.Records) {
    // After a failure, later messages must not overtake it.
    const isDone = batchItemFailures.length === 0 && (await handle(record));
    if (!isDone) batchItemFailures.push({ itemIdentifier: record.messageId });
  }
  return { batchItemFailures };
}

/** Returns false where the queue must deliver the message again. */
function handle({ body, attributes, receiptHandle, eventSourceARN }: SQSRecord): Promise<boolean> {
  const attempt = Number(attributes.ApproximateReceiveCount);
  const isUpdate = eventSourceARN.split(':').at(-1) === updateQueue;
  const queue = isUpdate ? settings.caseUpdateQueueUrl : settings.caseQueueUrl;
  const postpone = (seconds: number) => postponeIn(queue, receiptHandle, seconds);
  return isUpdate
    ? handleCaseEventWithRetry(body, attempt, ctx, postpone)
    : processMessage(body, attempt, ctx, postpone);
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Wires the worker from the stack's settings. */
function createWorkerContext(settings: Settings<'worker'>, log: Log): WorkerContext {
  const { timeZone, accounts } = settings;
  const dynamodb = createDynamoDbClient();
  const runtime = createBotRuntime(settings.chatEndpoint || undefined);
  const bots = createBotRegistry(() => Promise.all(settings.botSecretArns.map(readSecret)), settings, runtime, log);
  const metrics = createMetrics(settings.stack);
  const supportClients = createSupportClients(settings, runtime.now, () => metrics.count('SupportThrottled'));
  const store = createDynamoDbCaseStore(
    createDocumentStore(dynamodb, settings.caseTable, runtime.now),
    runtime.now,
    settings.auditDays,
  );
  const runHealthChecks = createHealthChecks(settings, bots, dynamodb);
  const { now } = runtime;
  const assistant = settings.model && loadAssistant(settings.model, { dynamodb, timeZone, now, log, metrics });
  const common = { store, log, metrics, region: settings.region, now, runHealthChecks, assistant };

  return {
    supportClients,
    store,
    log,
    metrics,
    now: runtime.now,
    async botContext(name) {
      const registered = await bots.find(name);
      if (!registered) return undefined;
      const { bot } = registered;
      const app = retryWhenThrottled(registered.app, sleep);
      const locale = createLocale(bot.language, timeZone);
      return { ...common, bot, app, locale, accounts: accountsOf(bot, accounts, supportClients) };
    },
    async subscribedBots(account) {
      const all = [...(await bots.all()).values()].map(({ bot }) => bot);
      const serves = (bot: BotConfig) => accountsOf(bot, accounts, supportClients).all.some(({ id }) => id === account);
      const watching = all.filter((bot) => bot.newCaseConversation && serves(bot));
      return watching.map(({ name, newCaseConversation }) => ({ bot: name, conversation: newCaseConversation }));
    },
  };
}
