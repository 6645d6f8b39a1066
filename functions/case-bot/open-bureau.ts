import { liveIn, openAsking, world } from '@casebell/im';
import { accountsOf } from './accounts';
import { type Advisor, openAdvisor } from './advisor';
import type { Bureau } from './announce/bureau';
import { openDesks } from './aws/accounts';
import { openCaseStore } from './aws/case-store';
import { openDocuments } from './aws/documents';
import { dynamodb } from './aws/dynamodb';
import { openInspection } from './aws/inspection';
import { readSecrets } from './aws/secrets';
import { log } from './log';
import { openBots } from './open-bots';
import { patient } from './patient';
import { speak } from './say';
import { accountIn, type ModelSettings, type WorkerSettings } from './settings';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Everything that the worker works with, out of the stack's settings. */
export function openBureau(settings: WorkerSettings): Bureau {
  const { timeZone, region, ownAccount, roleArns, roleNames, accountId } = settings;
  if (!liveIn(timeZone)) log.error('settings.wrong', { setting: 'TIME_ZONE', given: timeZone, instead: 'UTC' });
  const here = world(settings.chatEndpoint || undefined);
  const bots = openBots(() => readSecrets(settings.secretArns), settings, here);
  const desks = openDesks(settings, here.now);
  const store = openCaseStore(openDocuments(dynamodb, settings.table, here.now), here.now, settings.auditDays);
  const inspect = openInspection(settings, bots);
  const advisor = settings.model && advising(settings.model, here.now);
  const names = new Map([
    [accountId, ownAccount],
    ...roleArns.map((arn, index) => [accountIn(arn), roleNames[index] ?? arn] as const),
  ]);

  return {
    desks,
    store,
    log,
    now: here.now,
    nameOf: (id) => names.get(id),
    async officeOf(name) {
      const opened = await bots.find(name);
      if (!opened) return undefined;
      const { bot } = opened;
      const app = patient(opened.app, pause);
      const say = speak(bot.language);
      return { bot, app, accounts: accountsOf(bot, desks), store, say, log, region, now: here.now, inspect, advisor };
    },
    async watchers(account) {
      const all = [...(await bots.all()).values()].map(({ bot }) => bot);
      const watching = all.filter((bot) => bot.newCasesIn && accountsOf(bot, desks).names.includes(account));
      return watching.map(({ name, newCasesIn }) => ({ bot: name, conversation: newCasesIn }));
    },
  };
}

/** A layer of its own, loaded only where a model is switched on: its client would cost every cold start 25 ms. */
function advising({ table, maxTokens, dailyTokens, debug, ...place }: ModelSettings, now: () => number): Advisor {
  const { openBedrock, openLedger }: typeof import('@casebell/bedrock') = require('@casebell/bedrock');
  const ledger = dailyTokens ? openLedger(dynamodb, table, dailyTokens, now) : undefined;
  const overhear = debug ? (question: object, said: object) => log.info('model.said', { question, said }) : undefined;
  return openAdvisor(openAsking({ model: openBedrock(place), ledger, now, overhear }), maxTokens, now, log);
}
