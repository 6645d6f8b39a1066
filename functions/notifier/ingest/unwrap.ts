import type { AwsEvent } from '../../../plugins/formatter';
import { ENVELOPES, type EnvelopeMetadata, type ParseResult, toMessage, withDefaults } from './envelopes';
import { asObject, isObject, type JsonObject, parseDocuments, textAt } from './json';

/** SQS around SNS around EventBridge around a card is four. Deeper nesting is shown unparsed. */
const MAX_DEPTH = 8;

/**
 * The events in whatever a queue, a topic, a rule or a person sent. Never throws for its content; an empty list means that there is
 * nothing to show.
 */
export function unwrapEvents(input: unknown, metadata: EnvelopeMetadata = {}, depth = 0): AwsEvent[] {
  if (typeof input === 'string') return unwrapText(input, metadata, depth);
  if (Array.isArray(input)) return unwrapList(input, metadata, depth);
  if (isObject(input)) return unwrapObject(input, metadata, depth);
  return input === undefined || input === null ? [] : open(toMessage(String(input), metadata), depth);
}

function unwrapList(list: unknown[], metadata: EnvelopeMetadata, depth: number): AwsEvent[] {
  if (depth > MAX_DEPTH) return [withDefaults({ detail: list }, metadata)];
  return list.flatMap((entry) => unwrapEvents(entry, metadata, depth + 1));
}

/** Editors on Windows put a byte order mark in front. */
function unwrapText(raw: string, metadata: EnvelopeMetadata, depth: number): AwsEvent[] {
  const text = raw.replace(/^\uFEFF/, '').trim();
  if (!text) return [];
  const documents = parseDocuments(text);
  if (!documents || depth > MAX_DEPTH) return open(toMessage(unquote(text), metadata), depth);
  return documents.flatMap((document) => {
    if (typeof document === 'object') return unwrapEvents(document, metadata, depth + 1);
    return document === '' ? [] : open(toMessage(String(document), metadata), depth);
  });
}

/**
 * An EventBridge InputTransformer with a string template publishes a quoted text: it holds `\n` for line breaks, and is not valid JSON
 * when an inserted value holds a quote (EventBridge User Guide, "Input transformation").
 */
function unquote(text: string): string {
  if (text.length < 2 || !text.startsWith('"') || !text.endsWith('"')) return text;
  return text.slice(1, -1).replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\"/g, '"');
}

function unwrapObject(object: JsonObject, metadata: EnvelopeMetadata, depth: number): AwsEvent[] {
  if (Object.keys(object).length === 0) return [];
  const envelope = depth > MAX_DEPTH ? undefined : ENVELOPES.find((candidate) => candidate.matches(object));
  return open(envelope ? envelope.parse(object, metadata) : toUnknownEvent(object, metadata), depth + 1);
}

const open = (result: ParseResult, depth: number): AwsEvent[] =>
  'events' in result ? result.events : unwrapEvents(result.content, result.metadata, depth);

/** Other JSON: a message where it came over a topic, otherwise an event of unknown origin. */
const toUnknownEvent = (object: JsonObject, metadata: EnvelopeMetadata): ParseResult =>
  metadata.topic || metadata.subject
    ? toMessage(object, metadata)
    : { events: [withDefaults({ source: textAt(object, 'source'), detail: object }, metadata)] };

const ACCOUNT_ID = /^\d{12}$/;

/** Fields with the member account in events that an administrator account receives ("Aggregating AWS Health events"; GuardDuty findings). */
const MEMBER_ACCOUNT_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'aws.health': ['affectedAccount'],
  'aws.guardduty': ['accountId', 'resourceAccountId'],
};

/** The account that an event is about; it may differ from the account that the event was sent to. */
export function eventAccount({ source, account, detail }: AwsEvent): string {
  const fields = Object.hasOwn(MEMBER_ACCOUNT_FIELDS, source) ? MEMBER_ACCOUNT_FIELDS[source] : undefined;
  const member = fields?.map((name) => textAt(asObject(detail), name)).find((id) => ACCOUNT_ID.test(id));
  return member ?? account;
}
