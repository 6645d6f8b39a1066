import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Known, Summaries } from '../summary/summaries';

type Item = Record<string, AttributeValue>;

/** What the model's items in the outbox's table have for a destination; no destination is called so. */
export const MODEL = 'model';

/** In seconds, of an item that nobody asks for any more. */
const REMEMBERED = 3_600;

/** What has been summarised lately: items beside the outbox's entries, that never wait. @param now ms since 1970 */
export function openSummaries(client: DynamoDBClient, table: string, now: () => number): Summaries {
  const itemOf = (family: string, { print, words, busyUntil }: Known, until: number): Item => ({
    destination: { S: MODEL },
    entry: { S: `family#${family}` },
    print: { S: print },
    until: { N: String(until) },
    busyUntil: { N: String(busyUntil) },
    expires: { N: String(Math.floor(now() / 1000) + REMEMBERED) },
    ...(words && { words: { S: words } }),
  });
  return {
    async claim(family, known, until) {
      const put = new PutItemCommand({
        TableName: table,
        Item: itemOf(family, known, until),
        ConditionExpression: 'attribute_not_exists(entry) OR #until < :now',
        ExpressionAttributeNames: { '#until': 'until' },
        ExpressionAttributeValues: { ':now': { N: String(now()) } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return client.send(put).then(() => undefined, knownIn);
    },
    async keep(family, known, until) {
      await client.send(new PutItemCommand({ TableName: table, Item: itemOf(family, known, until) }));
    },
  };
}

function knownIn(error: unknown): Known {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
  const { print, words, busyUntil } = error.Item ?? {};
  return { print: print?.S ?? '', words: words?.S, busyUntil: Number(busyUntil?.N ?? 0) };
}
