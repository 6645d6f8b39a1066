import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Incident } from '../outbox';
import { readAll, writeAll } from './batches';

type Item = Record<string, AttributeValue>;

/** In seconds: a scheduled change may be announced that long before. */
const REMEMBERED = 90 * 86_400;

/** What a team has been told of incidents: items beside the entries, that never wait. */
export function openIncidents(client: DynamoDBClient, table: string, now: () => number) {
  return {
    async read(destination: string, names: readonly string[]): Promise<Map<string, Incident>> {
      const keys = [...new Set(names)].map((name) => keyOf(destination, name));
      const items = await readAll(client, table, keys);
      return new Map(items.flatMap(incidentIn));
    },
    async write(destination: string, incidents: ReadonlyMap<string, Incident>): Promise<void> {
      const expires = { N: String(Math.floor(now() / 1000) + REMEMBERED) };
      const items = [...incidents].map(([name, incident]) => ({
        ...keyOf(destination, name),
        content: { S: JSON.stringify(incident) },
        expires,
      }));
      await writeAll(client, table, items);
    },
  };
}

const PREFIX = 'incident#';

const keyOf = (destination: string, name: string): Item => ({
  destination: { S: destination },
  entry: { S: PREFIX + name },
});

const incidentIn = ({ entry, content }: Item): [string, Incident][] =>
  content?.S ? [[(entry?.S ?? '').slice(PREFIX.length), JSON.parse(content.S) as Incident]] : [];
