import { type AttributeValue, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Application } from '../../application';

/** What the outbox keeps of one event for one destination. */
export interface Kept {
  key: string;
  platform: string;
  /** Absent while it waits. */
  outcome?: string;
  /** The message that told it. */
  message?: string;
}

/** Reads all of the stack's outbox. */
export async function readOutbox({ aws, stack }: Application): Promise<Kept[]> {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = aws.env;
  const client = new DynamoDBClient({
    region: aws.region,
    endpoint: aws.env.AWS_ENDPOINT_URL_DYNAMODB,
    credentials: { accessKeyId, secretAccessKey },
  });
  const kept: Kept[] = [];
  let start: Record<string, AttributeValue> | undefined;
  do {
    const request = { TableName: stack.resources.OutboxTable?.ref, ConsistentRead: true, ExclusiveStartKey: start };
    const { Items = [], LastEvaluatedKey } = await client.send(new ScanCommand(request));
    kept.push(...Items.filter(({ entry }) => entry?.S?.startsWith('event#')).map(keptOf));
    start = LastEvaluatedKey;
  } while (start);
  client.destroy();
  return kept;
}

/** A destination's id begins with its platform: see functions/notifier/delivery/destinations.ts. */
function keptOf({ destination, entry, outcome, message }: Record<string, AttributeValue>): Kept {
  const [platform = ''] = (destination?.S ?? '').split('-');
  const key = `${destination?.S} ${entry?.S}`;
  return { key, platform, ...(outcome?.S && { outcome: outcome.S }), ...(message?.S && { message: message.S }) };
}
