import { setTimeout as pause } from 'node:timers/promises';
import { liveIn, world } from '@casebell/im';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { accountsOf } from './accounts';
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
import { readWorkerSettings } from './settings';
import { type Work, work } from './work';

const settings = readWorkerSettings(process.env);
if (!liveIn(settings.timeZone))
  log.error('settings.wrong', { setting: 'TIME_ZONE', given: settings.timeZone, instead: 'UTC' });

const here = world(settings.chatEndpoint || undefined);
const bots = openBots(() => readSecrets(settings.secretArns), settings, here);
const desks = openDesks(settings, here.now);
const store = openCaseStore(openDocuments(dynamodb, settings.table, here.now), here.now, settings.auditDays);
const inspect = openInspection(settings, bots);
const { region } = settings;

const floor: Work = {
  log,
  async officeOf(name) {
    const opened = await bots.find(name);
    if (!opened) return undefined;
    const { bot, app } = opened;
    const accounts = accountsOf(bot, desks);
    return {
      bot,
      app: patient(app, pause),
      accounts,
      store,
      say: speak(bot.language),
      log,
      region,
      now: here.now,
      inspect,
    };
  },
};

/** Lambda's entry behind the case queue: one message at a time, in the order of its conversation. */
export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const failed: string[] = [];
  for (const { messageId, body, attributes } of Records) {
    const isDone = failed.length === 0 && (await work(body, Number(attributes.ApproximateReceiveCount), floor));
    if (!isDone) failed.push(messageId);
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
};
