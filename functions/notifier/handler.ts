import { type Channel, openChannel, type Webhook, type World, world } from '@casebell/im';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import { readSecret } from './aws/secrets';
import { liveIn } from './clock';
import { loadFormatters } from './formatters';
import { log } from './log';
import type { Notifier } from './notify';
import { withOurOwn } from './own-formatters';
import { receive } from './receive';
import { speak } from './say';
import { readSettings } from './settings';
import { webhooksOf } from './webhooks';

let opened: Promise<Notifier> | undefined;

/** A failed start is not kept: the next invocation tries again, and fails with the reason if it has to. */
function ready(): Promise<Notifier> {
  opened ??= open().catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function open(): Promise<Notifier> {
  const settings = readSettings(process.env, log);
  if (!liveIn(settings.timeZone))
    log.error('settings.wrong', { setting: 'TIME_ZONE', given: settings.timeZone, instead: 'UTC' });
  const [plugins, secret] = await Promise.all([
    loadFormatters(settings.pluginPath, log),
    readSecret(settings.secretArn),
  ]);
  const here = world(settings.chatEndpoint || undefined);
  return {
    formatters: withOurOwn(plugins),
    channels: webhooksOf(secret, settings.keyword).map((webhook) => openOrRefuse(webhook, here)),
    say: speak(settings.language),
    log,
  };
}

/** One wrong url among several must not silence the others: its channel refuses what it is given. */
function openOrRefuse(webhook: Webhook, here: World): Channel {
  try {
    return openChannel(webhook, here);
  } catch (error) {
    return { platform: 'unknown', send: () => Promise.reject(error) };
  }
}

/** Begun while Lambda initialises, with its full CPU; what goes wrong here is told to the first invocation. */
ready().catch(() => undefined);

/** Lambda's entry: a batch of the event queue, or any event as a direct invocation. */
export const handler = async (input: unknown, context?: Context): Promise<SQSBatchResponse | undefined> =>
  receive(input, await ready(), context?.awsRequestId);
