import { resolve } from 'node:path';
import { type Application, startApplication } from '../application';
import { ROOMS } from '../chat/rooms';
import { costOf } from './cold-start';
import type { Figure } from './figure';

const TEAMS = { WebhookUrl: ROOMS.find(({ platform }) => platform === 'teams')?.url ?? '', WebhookSecret: '-' };
/** In ms: what a Teams Workflow may be sent once, so that each process tells its event itself. */
const PACE = 400;
const EVENT = `{ id: String(Math.random()), source: 'aws.ec2', 'detail-type': 'EC2 Instance State-change Notification', detail: { state: 'stopped' } }`;

/**
 * The CPU that a cold start of the notifier costs, over bare Node.
 * `init`: bundle, layers and plugins are loaded and prepared, and the secret is asked for. `told`: the secret has come, and a first
 * event is stored, told to one chat, and marked, all over real connections.
 */
export async function cold(): Promise<Figure[]> {
  const application = await startApplication({ port: 0, parameters: TEAMS, log: () => undefined });
  const handler = resolve('dist/functions/notifier/handler.js');
  const cost = await costOf({ handler, environment: variables(application), event: EVENT, pace: PACE });
  const told = application.chats.rooms.reduce((sum, { messages }) => sum + messages.length, 0);
  await application.close();
  if (told !== cost.rounds) throw new Error(`${told} of ${cost.rounds} first events were told.`);
  return [
    { bench: 'cold', figure: 'bare Node, median CPU', value: cost.bare, unit: 'ms' },
    {
      bench: 'cold',
      figure: 'load + init over bare Node, median CPU',
      value: cost.init,
      unit: 'ms',
      goal: { atMost: 80 },
    },
    { bench: 'cold', figure: 'until a first event is told, over bare Node, median CPU', value: cost.first, unit: 'ms' },
  ];
}

function variables({ aws, stack, chats }: Application): NodeJS.ProcessEnv {
  const ref = (id: string): string => stack.resources[id]?.ref ?? '';
  return {
    ...aws.env,
    CHAT_ENDPOINT_URL: chats.url,
    WEBHOOK_SECRET_ARN: ref('WebhookSecretStore'),
    OUTBOX_TABLE: ref('OutboxTable'),
    DESTINATION_TABLE: ref('DestinationTable'),
    WAKE_QUEUE_URL: ref('DeliveryQueue'),
    DEAD_LETTER_QUEUE_URL: ref('EventDeadLetterQueue'),
    NODE_PATH: resolve('dist/layers/im/nodejs/node_modules'),
    PLUGIN_PATH: resolve('dist/layers/plugins/nodejs/plugins/built-in'),
  };
}
