import { randomUUID } from 'node:crypto';
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  type ScanCommandOutput,
} from '@aws-sdk/client-dynamodb';
import type { Outbox } from '../outbox';
import { type Standing, UNTOUCHED } from '../standing';

/** How destinations stand: one item each, whose version says whether somebody else was there first. */
export function openStandings(
  client: DynamoDBClient,
  table: string,
): Pick<Outbox, 'standing' | 'save' | 'destinations'> {
  const keyOf = (destination: string) => ({ destination: { S: destination } });
  return {
    async standing(destination) {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyOf(destination), ConsistentRead: true }),
      );
      return Item?.content?.S ? (JSON.parse(Item.content.S) as Standing) : UNTOUCHED;
    },
    async save(destination, standing) {
      const stored = { ...standing, version: standing.version + 1 };
      const stamp = randomUUID();
      const put = new PutItemCommand({
        TableName: table,
        Item: {
          ...keyOf(destination),
          content: { S: JSON.stringify(stored) },
          version: { N: String(stored.version) },
          stamp: { S: stamp },
        },
        ConditionExpression: 'attribute_not_exists(version) OR version = :version',
        ExpressionAttributeValues: { ':version': { N: String(standing.version) } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      return client.send(put).then(
        () => stored,
        (error) => (isOurs(error, stamp) ? stored : undefined),
      );
    },
    async destinations() {
      const found: string[] = [];
      let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
      do {
        const scan = { TableName: table, ProjectionExpression: 'destination', ConsistentRead: true, ExclusiveStartKey };
        const page: ScanCommandOutput = await client.send(new ScanCommand(scan));
        found.push(...(page.Items ?? []).flatMap(({ destination }) => destination?.S ?? []));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey);
      return found;
    },
  };
}

/** An answer that was lost on its way makes the SDK try again, and the second try meets the first. */
function isOurs(error: unknown, stamp: string): boolean {
  if (error instanceof ConditionalCheckFailedException) return error.Item?.stamp?.S === stamp;
  throw error;
}
