import { setTimeout as sleep } from 'node:timers/promises';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { type Card, truncate } from '@casebell/im/webhooks';
import type { Entry, Incident, ProcessedEntry } from './outbox';

export type DynamoDbItem = Record<string, AttributeValue>;

/** Limits of BatchGetItem and BatchWriteItem (DynamoDB API Reference). */
const MAX_READ = 100;
const MAX_WRITTEN = 25;
const CONCURRENT_BATCHES = 8;
/** DynamoDB leaves throttled items of a batch unprocessed, and the SDK does not retry them. */
const FIRST_BACKOFF_MS = 50;
const MAX_ATTEMPTS = 8;

/** Items by their keys, read consistently, in any order. */
export async function readItems(
  client: DynamoDBClient,
  table: string,
  keys: readonly DynamoDbItem[],
): Promise<DynamoDbItem[]> {
  const found: DynamoDbItem[] = [];
  await inBatches(keys, MAX_READ, async (batch) => {
    const request = { [table]: { Keys: batch, ConsistentRead: true } };
    const { Responses = {}, UnprocessedKeys = {} } = await client.send(
      new BatchGetItemCommand({ RequestItems: request }),
    );
    found.push(...(Responses[table] ?? []));
    return UnprocessedKeys[table]?.Keys ?? [];
  });
  return found;
}

/** Puts items, and replaces those of the same keys. */
export async function writeItems(client: DynamoDBClient, table: string, items: readonly DynamoDbItem[]): Promise<void> {
  await inBatches(items, MAX_WRITTEN, async (batch) => {
    const request = { [table]: batch.map((Item) => ({ PutRequest: { Item } })) };
    const { UnprocessedItems = {} } = await client.send(new BatchWriteItemCommand({ RequestItems: request }));
    return (UnprocessedItems[table] ?? []).flatMap(({ PutRequest }) => (PutRequest?.Item ? [PutRequest.Item] : []));
  });
}

/** @param process returns the items that were left unprocessed */
type Process = (batch: DynamoDbItem[]) => Promise<DynamoDbItem[]>;

async function inBatches(items: readonly DynamoDbItem[], size: number, process: Process): Promise<void> {
  const batches: DynamoDbItem[][] = [];
  for (let at = 0; at < items.length; at += size) batches.push(items.slice(at, at + size));
  const work = async () => {
    for (let batch = batches.shift(); batch; batch = batches.shift()) await processAll(batch, process);
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENT_BATCHES, batches.length) }, work));
}

async function processAll(batch: DynamoDbItem[], process: Process): Promise<void> {
  let left = await process(batch);
  for (let attempt = 1; left.length && attempt < MAX_ATTEMPTS; attempt += 1) {
    await sleep(FIRST_BACKOFF_MS * 2 ** attempt * (0.5 + Math.random() / 2));
    left = await process(left);
  }
  if (left.length) throw new Error(`DynamoDB left ${left.length} items of a batch unprocessed.`);
}

/**
 * UTF-8 bytes of an entry before compression: no platform shows more of a card than ten messages of 18 KB; an item and its copy in
 * a local index may have 400 KB together, and a dead letter, which is not compressed, 256 KB.
 */
const MAX_ENTRY_BYTES = 180_000;

/** Compressed, because a write costs by the KB, and the items of one destination share one partition's throughput. */
export const packEntry = (entry: Entry): Uint8Array => deflateRawSync(serializeEntry(entry));

export const unpackEntry = (content: Uint8Array): Entry =>
  JSON.parse(inflateRawSync(content).toString('utf8')) as Entry;

/** JSON of at most `MAX_ENTRY_BYTES`: of a larger entry, the beginning of each part. */
function serializeEntry(entry: Entry): string {
  const json = JSON.stringify(entry);
  if (json.length <= MAX_ENTRY_BYTES / 3 || Buffer.byteLength(json) <= MAX_ENTRY_BYTES) return json;
  const { openCase: _, ...kept } = entry;
  const event = {
    id: short(entry.event.id),
    source: short(entry.event.source),
    account: short(entry.event.account),
    region: short(entry.event.region),
    time: short(entry.event.time),
  };
  return JSON.stringify({ ...kept, formatter: short(entry.formatter), card: truncateCard(entry.card), event });
}

const short = (text: string): string => truncate(text, 250);

/** Quotes, backslashes and control characters take up to six bytes in JSON, so the limits are small. */
function truncateCard({ title, severity, summary, text, facts = [], quote, links = [], mentions = [] }: Card): Card {
  return {
    title: truncate(title, 500),
    severity,
    ...(summary && { summary: { label: short(summary.label), value: truncate(summary.value, 1_000) } }),
    ...(text && { text: truncate(text, 4_000) }),
    facts: facts.slice(0, 20).map(({ label, value }) => ({ label: short(label), value: short(value) })),
    ...(quote && { quote: truncate(quote, 16_000) }),
    links: links.slice(0, 5).flatMap(({ label, url }) => (url.length < 2_000 ? [{ label: short(label), url }] : [])),
    mentions: mentions.slice(0, 50).filter((mention) => JSON.stringify(mention).length < 500),
  };
}

/** Critical events are read first, however many others are pending: their numbers are negative. */
export const AHEAD = 1e15;

/** Fails its condition when the key is pending, delivered or deduplicated. */
export const putEntry = (table: string, destination: string, entry: Entry): PutItemCommand =>
  new PutItemCommand({
    TableName: table,
    Item: {
      ...entryKey(destination, entry.key),
      waiting: { N: String(entry.enqueuedAt - (entry.card.severity === 'critical' ? AHEAD : 0)) },
      content: { B: packEntry(entry) },
    },
    ConditionExpression: 'attribute_not_exists(entry) OR outcome = :deadLettered',
    ExpressionAttributeValues: { ':deadLettered': { S: 'deadLettered' } },
  });

export const entryKey = (destination: string, key: string): DynamoDbItem => ({
  destination: { S: destination },
  entry: { S: `event#${key}` },
});

export const parseEntry = ({ content }: DynamoDbItem): Entry[] => (content?.B ? [unpackEntry(content.B)] : []);

export const processedItem = (
  destination: string,
  { key, outcome, messageId }: ProcessedEntry,
  expires: { N: string },
): DynamoDbItem => ({
  ...entryKey(destination, key),
  outcome: { S: outcome },
  expires,
  ...(messageId && { message: { S: messageId } }),
});

const INCIDENT = 'incident#';

export const incidentKey = (destination: string, name: string): DynamoDbItem => ({
  destination: { S: destination },
  entry: { S: INCIDENT + name },
});

export const incidentItem = (
  destination: string,
  [name, incident]: [string, Incident],
  expires: { N: string },
): DynamoDbItem => ({
  ...incidentKey(destination, name),
  content: { S: JSON.stringify(incident) },
  expires,
});

export const parseIncident = ({ entry, content }: DynamoDbItem): [string, Incident][] =>
  content?.S ? [[(entry?.S ?? '').slice(INCIDENT.length), JSON.parse(content.S) as Incident]] : [];
