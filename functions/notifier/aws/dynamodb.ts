import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * One client for all tables. More attempts than the SDK's three: a throttled table must not make a message that has been sent
 * look as if it had not.
 */
export const dynamodb = new DynamoDBClient({ maxAttempts: 8 });
