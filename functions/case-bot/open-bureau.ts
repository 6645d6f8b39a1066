import { createBotRuntime } from '@casebell/im/bots';
import { loadAssistant } from '../shared/assistant';
import { createDynamoDbClient } from '../shared/dynamodb';
import { createLocale } from '../shared/locale';
import type { Log } from '../shared/log';
import { createMetrics } from '../shared/metrics';
import { readSecret } from '../shared/secrets';
import type { Settings } from '../shared/settings';
import { accountsOf } from './accounts';
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
  const { now } = runtime;
  const assistant = settings.model && loadAssistant(settings.model, { dynamodb, timeZone, now, log, metrics });
  const common = { store, log, metrics, region: settings.region, now, inspect, assistant };

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
