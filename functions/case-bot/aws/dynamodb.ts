import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** More attempts than the SDK's three: a throttled table must not lose what has been done in a chat or at AWS Support. */
export const dynamodb = new DynamoDBClient({ maxAttempts: 6 });
