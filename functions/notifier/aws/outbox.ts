import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Outbox } from '../outbox';
import { openEntries } from './entries';
import { openIncidents } from './incidents';
import { openStandings } from './standings';

/** Names of the outbox's two tables. */
export interface Tables {
  /** Keys `destination` and `entry`; local index `waiting` on the number of that name; time to live `expires`. */
  outbox: string;
  /** Key `destination`. */
  standings: string;
}

/**
 * The outbox over DynamoDB.
 * @param now ms since 1970.
 */
export function openOutbox(client: DynamoDBClient, tables: Tables, now: () => number): Outbox {
  const { mark, ...entries } = openEntries(client, tables.outbox, now);
  const incidents = openIncidents(client, tables.outbox, now);
  return {
    ...openStandings(client, tables.standings),
    ...entries,
    incidents: incidents.read,
    async settle(destination, marks, known) {
      await incidents.write(destination, known);
      await mark(destination, marks);
    },
  };
}
