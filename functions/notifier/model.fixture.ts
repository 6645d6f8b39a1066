import { readdirSync, readFileSync } from 'node:fs';
import { createBedrockModel } from '@casebell/bedrock';
import { type Card, createAskModel, type Model, type TokenBudget } from '@casebell/im/webhooks';
import type { AwsEvent } from '../../plugins/formatter';
import { openSummaries } from './aws/summaries';
import { removedDestination } from './delivery/destinations';
import { compileFormatter, withBuiltIns } from './format/formatters';
import { type NotifierDeps, receiveEvent } from './ingest/receive';
import { notifierOf } from './notifier.fixture';
import type { TestDeps } from './office.fixture';
import { type EmulatedTables, newDestination } from './outbox/dynamodb.fixture';
import { openSummarize } from './summarize';
import type { Summarize } from './summary/subject';

export interface ModelWishes {
  prompt?: string;
  ledger?: TokenBudget;
  id?: string;
  model?: Model;
}

/** Summaries over the emulated Bedrock and the emulated tables, with real connections. */
export function summarizeIn(
  office: TestDeps,
  { aws, client, tables }: EmulatedTables,
  { prompt = '', ledger, id = 'amazon.nova-lite-v1:0', model }: ModelWishes = {},
): Summarize {
  const config = {
    endpoint: aws.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME,
    credentials: { accessKeyId: 'AKIA000000000000CASE', secretAccessKey: 'local' },
  };
  const bedrock = model ?? createBedrockModel({ id, region: aws.region }, config);
  return openSummarize({
    ask: createAskModel({ model: bedrock, ledger, now: office.clock.now }),
    summaries: openSummaries(client, tables.outbox, office.clock.now),
    prompt,
    maxTokens: 200,
    ...office,
  });
}

const plugins = readdirSync('plugins', { withFileTypes: true }).filter((entry) => entry.isDirectory());
export const FORMATTERS = withBuiltIns(
  plugins.map(({ name }) => compileFormatter(require(`../../plugins/${name}/formatter`).default)),
);

export const read = (name: string): AwsEvent => JSON.parse(readFileSync(`events/${name}.json`, 'utf8'));

let serial = 0;
/** The same event as an incident of its own. */
export function fresh(event: AwsEvent, detail: object = {}): AwsEvent {
  serial += 1;
  const found = Object(event.detail);
  const eventArn = `${found.eventArn}${serial}`;
  return { ...event, id: `${event.id}-${serial}`, detail: { ...found, ...detail, eventArn } };
}

export const described = (latestDescription: string) => ({
  eventDescription: [{ language: 'en_US', latestDescription }],
});

/** The card that a team has waiting after an event has come in. */
export async function cardIn(
  office: TestDeps,
  event: AwsEvent,
  more: Pick<NotifierDeps, 'summarize' | 'modelDeadline'>,
): Promise<Card> {
  const destination = newDestination();
  await receiveEvent(event, {
    ...notifierOf(office, () => [removedDestination(destination)]),
    formatters: FORMATTERS,
    ...more,
  });
  const [entry] = await office.outbox.pending(destination);
  if (!entry) throw new Error('Nothing waits.');
  return entry.card;
}
