import { type DynamoDBClient, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import type { TokenBudget } from './ask-model';

/** The partition that `dynamodb:LeadingKeys` in the template allows; no destination has this name. */
const PARTITION = 'model';
const KEPT_SECONDS = 3 * 86_400;
const DAY_CHARS = 10;

export interface TokenBudgetOptions {
  client: DynamoDBClient;
  /** The outbox's table. */
  table: string;
  /** Tokens a day. */
  dailyTokens: number;
  /** Milliseconds since 1970. */
  now(): number;
  /** Decides when a day begins. */
  timeZone: {
    /** Minutes east of UTC. @param at ms since 1970 */
    offsetMinutes(at: number): number;
  };
}

/** The tokens of a calendar day as one counter in DynamoDB. */
export function createTokenBudget({ client, table, dailyTokens, now, timeZone }: TokenBudgetOptions): TokenBudget {
  const add = async (tokens: number, abortSignal: AbortSignal, maxBefore?: number): Promise<void> => {
    const at = now();
    const day = new Date(at + timeZone.offsetMinutes(at) * 60_000).toISOString().slice(0, DAY_CHARS);
    const update: UpdateItemCommandInput = {
      TableName: table,
      Key: { destination: { S: PARTITION }, entry: { S: `tokens#${day}` } },
      UpdateExpression: 'ADD tokens :tokens SET expires = :expires',
      ...(maxBefore !== undefined && { ConditionExpression: 'attribute_not_exists(tokens) OR tokens <= :maxBefore' }),
      ExpressionAttributeValues: {
        ':tokens': { N: String(Math.round(tokens)) },
        ':expires': { N: String(Math.floor(at / 1000) + KEPT_SECONDS) },
        ...(maxBefore !== undefined && { ':maxBefore': { N: String(Math.floor(maxBefore)) } }),
      },
    };
    await client.send(new UpdateItemCommand(update), { abortSignal });
  };
  return {
    async reserve(tokens, signal) {
      if (tokens > dailyTokens) return false;
      return add(tokens, signal, dailyTokens - tokens).then(() => true, isUsedUp);
    },
    adjust: (tokens, signal) => add(tokens, signal),
  };
}

function isUsedUp(error: unknown): false {
  // By name: the client belongs to the function, so its error classes are not those of this layer.
  if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
  throw error;
}
