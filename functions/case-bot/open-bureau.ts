import { createAskModel, createBotRuntime } from '@casebell/im/bots';
import { createDynamoDbClient, type DynamoDBClient } from '../shared/dynamodb';
import { createLocale } from '../shared/locale';
import type { Log } from '../shared/log';
import { createMetrics, type Metrics } from '../shared/metrics';
import { readSecret } from '../shared/secrets';
import type { ModelSettings, Settings } from '../shared/settings';
import { accountsOf } from './accounts';
import { type Advisor, openAdvisor } from './advisor';
import type { Bureau } from './announce/bureau';
import { openDesks } from './aws/accounts';
import { openCaseStore } from './aws/case-store';
import { openDocuments } from './aws/documents';
import { openInspection } from './aws/inspection';
import type { Bot } from './bots';
import { openBots } from './open-bots';
import { patient } from './patient';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Everything that the worker works with, out of the stack's settings. */
export function openBureau(settings: Settings<'worker'>, log: Log): Bureau {
  const { timeZone, accounts } = settings;
  const dynamodb = createDynamoDbClient();
  const runtime = createBotRuntime(settings.chatEndpoint || undefined);
  const bots = openBots(() => Promise.all(settings.botSecretArns.map(readSecret)), settings, runtime, log);
  const metrics = createMetrics(settings.stack);
  const desks = openDesks(settings, runtime.now, () => metrics.count('SupportThrottled'));
  const store = openCaseStore(
    openDocuments(dynamodb, settings.caseTable, runtime.now),
    runtime.now,
    settings.auditDays,
  );
  const inspect = openInspection(settings, bots, dynamodb);
  const advisor = settings.model && advising(settings.model, { now: runtime.now, metrics, log, dynamodb });
  const common = { store, log, metrics, region: settings.region, now: runtime.now, inspect, advisor };

  return {
    desks,
    store,
    log,
    metrics,
    now: runtime.now,
    async officeOf(name) {
      const opened = await bots.find(name);
      if (!opened) return undefined;
      const { bot } = opened;
      const app = patient(opened.app, pause);
      const say = createLocale(bot.language, timeZone);
      return { ...common, bot, app, say, accounts: accountsOf(bot, accounts, desks) };
    },
    async watchers(account) {
      const all = [...(await bots.all()).values()].map(({ bot }) => bot);
      const serves = (bot: Bot) => accountsOf(bot, accounts, desks).all.some(({ id }) => id === account);
      const watching = all.filter((bot) => bot.newCasesIn && serves(bot));
      return watching.map(({ name, newCasesIn }) => ({ bot: name, conversation: newCasesIn }));
    },
  };
}

/** A layer of its own, loaded only where a model is switched on: its client would cost every cold start 25 ms. */
function advising(
  { budgetTable, maxTokens, dailyTokens, isDebug, prompt: _, ...place }: ModelSettings,
  { now, metrics, log, dynamodb }: { now: () => number; metrics: Metrics; log: Log; dynamodb: DynamoDBClient },
): Advisor {
  const { createBedrockModel, createTokenBudget }: typeof import('@casebell/bedrock') = require('@casebell/bedrock');
  const ledger = dailyTokens ? createTokenBudget(dynamodb, budgetTable, dailyTokens, now) : undefined;
  const overhear = isDebug ? (question: object, said: object) => log.info('model.said', { question, said }) : undefined;
  return openAdvisor(createAskModel({ model: createBedrockModel(place), ledger, now, overhear }), maxTokens, {
    now,
    log,
    metrics,
  });
}
