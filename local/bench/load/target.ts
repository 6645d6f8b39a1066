import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type Application, startApplication } from '../../application';
import { BOT_PLATFORM_NAMES } from '../../chat/platforms';
import { ROOMS, type Room } from '../../chat/rooms';
import { createErrorLog } from '../../error-log';
import { createCounts, type Invocations } from './counts';
import { ACCEPTING_ALL_EVENTS } from './event';

/** The webhooks of the stack: three rooms. */
export const LOAD_ROOMS = ROOMS.filter(({ platform }) => BOT_PLATFORM_NAMES.includes(platform));

/** The parameters for these webhooks. */
export const webhookParameters = (rooms: typeof ROOMS) => ({
  WebhookUrl: rooms.map(({ url }) => url).join(' '),
  WebhookSecret: rooms.map(({ secret }) => secret ?? '-').join(' '),
});

/** The stack of template.yaml with three webhooks. */
export interface Target extends Application {
  readonly rooms: readonly Room[];
  readonly invocations: () => Invocations;
  readOutbox(): Promise<OutboxEntry[]>;
  /** What the template's schedule sends each minute. */
  sweep(): Promise<unknown>;
}

export async function startTarget(print: (line: string) => void): Promise<Target> {
  const counts = createCounts();
  const application = await startApplication({
    port: 0,
    parameters: { ...ACCEPTING_ALL_EVENTS, Language: 'en', ...webhookParameters(LOAD_ROOMS) },
    log: createErrorLog(print),
    onInvoked: counts.onInvoked,
  });
  const platforms = LOAD_ROOMS.map(({ platform }) => platform);
  return {
    ...application,
    rooms: application.chats.rooms.filter(({ platform }) => platforms.includes(platform)),
    invocations: counts.read,
    readOutbox: () => readOutbox(application),
    sweep: async () => application.stack.functions.Notifier?.({ casebell: 'sweep' }),
  };
}

/** One event for one destination. */
export interface OutboxEntry {
  key: string;
  platform: string;
  /** Absent before its delivery. */
  outcome?: string;
  /** The message that delivered it. */
  message?: string;
}

async function readOutbox({ aws, stack }: Application): Promise<OutboxEntry[]> {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = aws.env;
  const client = new DynamoDBClient({
    region: aws.region,
    endpoint: aws.env.AWS_ENDPOINT_URL_DYNAMODB,
    credentials: { accessKeyId, secretAccessKey },
  });
  const entries: OutboxEntry[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const request = { TableName: stack.resources.OutboxTable?.ref, ConsistentRead: true, ExclusiveStartKey: start };
    const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand(request));
    entries.push(...Items.filter(({ entry }) => entry?.S?.startsWith('event#')).map(toEntry));
    start = LastEvaluatedKey;
  } while (start);
  client.destroy();
  return entries;
}

/** A destination's id begins with its platform: see functions/notifier/delivery/destinations.ts. */
function toEntry({ destination, entry, outcome, message }: Record<string, AttributeValue>): OutboxEntry {
  const [platform = ''] = (destination?.S ?? '').split('-');
  const key = `${destination?.S} ${entry?.S}`;
  return { key, platform, ...(outcome?.S && { outcome: outcome.S }), ...(message?.S && { message: message.S }) };
}
