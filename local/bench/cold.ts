import { resolve } from 'node:path';
import { type Application, startApplication } from '../application';
import { ROOMS } from '../chat/rooms';
import { measureColdStarts } from './cold-start';
import type { Figure } from './figure';

/** The last room's platform accepts a message every 400 ms, so that each process delivers its own event. */
const WEBHOOK = { WebhookUrl: ROOMS.at(-1)?.url ?? '', WebhookSecret: '-' };
const INTERVAL_MS = 400;
const EVENT = `{ id: String(Math.random()), source: 'aws.ec2', 'detail-type': 'EC2 Instance State-change Notification', detail: { state: 'stopped' } }`;

/**
 * The CPU of a cold start of the notifier, over bare Node. Init: bundle, layers and plugins are loaded, and the secret is
 * requested. First event: it is stored, delivered to one chat, and marked, over real connections.
 */
export async function cold(): Promise<Figure[]> {
  const application = await startApplication({ port: 0, parameters: WEBHOOK, log: () => undefined });
  const handler = resolve('dist/functions/notifier/handler.js');
  const environment = environmentOf(application);
  const cost = await measureColdStarts({ handler, environment, event: EVENT, intervalMs: INTERVAL_MS });
  const delivered = application.chats.rooms.reduce((sum, { messages }) => sum + messages.length, 0);
  await application.close();
  if (delivered !== cost.rounds) throw new Error(`${delivered} of ${cost.rounds} first events were delivered.`);
  const figure = (name: string, value: number): Figure => ({ bench: 'cold', figure: name, value, unit: 'ms' });
  return [
    figure('bare Node, median CPU', cost.bare),
    { ...figure('load + init over bare Node, median CPU', cost.init), goal: { atMost: 80 } },
    figure('until a first event is delivered, over bare Node, median CPU', cost.first),
  ];
}

function environmentOf({ aws, stack, chats }: Application): NodeJS.ProcessEnv {
  const ref = (id: string): string => stack.resources[id]?.ref ?? '';
  return {
    ...aws.env,
    CHAT_ENDPOINT_URL: chats.url,
    WEBHOOK_SECRET_ARN: ref('WebhookSecretStore'),
    OUTBOX_TABLE: ref('OutboxTable'),
    DESTINATION_TABLE: ref('DestinationTable'),
    DELIVERY_QUEUE_URL: ref('DeliveryQueue'),
    DEAD_LETTER_QUEUE_URL: ref('EventDeadLetterQueue'),
    NODE_PATH: resolve('dist/layers/im/nodejs/node_modules'),
    PLUGIN_PATH: resolve('dist/layers/plugins/nodejs/plugins/built-in'),
  };
}
