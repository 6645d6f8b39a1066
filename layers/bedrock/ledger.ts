import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { TokenBudget } from '@casebell/im/webhooks';

/** The partition of the outbox's table that may be counted in (`dynamodb:LeadingKeys` in the template); no destination is called so. */
const MODEL = 'model';
/** In seconds. */
const REMEMBERED = 3 * 86_400;

/**
 * The tokens of a day, on the reader's calendar, as one number in the outbox's table, whoever asks.
 * @param most tokens a day
 * @param now ms since 1970
 */
export function createTokenBudget(client: DynamoDBClient, table: string, most: number, now: () => number): TokenBudget {
  const add = (tokens: number, abortSignal: AbortSignal, condition: object) =>
    client.send(new UpdateItemCommand({ ...updateOf(table, tokens, now()), ...condition }), { abortSignal });
  return {
    async reserve(tokens, signal) {
      if (tokens > most) return false;
      const condition = { ConditionExpression: 'attribute_not_exists(tokens) OR tokens <= :room' };
      const { ExpressionAttributeValues } = updateOf(table, tokens, now());
      const values = { ...ExpressionAttributeValues, ':room': { N: String(most - tokens) } };
      return add(tokens, signal, { ...condition, ExpressionAttributeValues: values }).then(() => true, isUsedUp);
    },
    async adjust(tokens, signal) {
      await add(tokens, signal, {});
    },
  };
}

function isUsedUp(error: unknown): false {
  // By name: the client belongs to the function, and its classes are not those of this layer.
  if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
  throw error;
}

const updateOf = (TableName: string, tokens: number, now: number) => ({
  TableName,
  Key: { destination: { S: MODEL }, entry: { S: `tokens#${dayOf(now)}` } },
  UpdateExpression: 'ADD tokens :tokens SET expires = :expires',
  ExpressionAttributeValues: {
    ':tokens': { N: String(Math.round(tokens)) },
    ':expires': { N: String(Math.floor(now / 1000) + REMEMBERED) },
  },
});

const two = (number: number): string => String(number).padStart(2, '0');

function dayOf(now: number): string {
  const date = new Date(now);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
