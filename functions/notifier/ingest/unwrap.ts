import type { AwsEvent } from '../../../plugins/formatter';
import { ENVELOPES, type EnvelopeMetadata, type ParseResult, toTextEvent, withDefaults } from './envelopes';
import { fieldText, isObject, type JsonObject } from './json';

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
  return input === undefined || input === null ? [] : open(toTextEvent(String(input), metadata), depth);
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
  if (!documents || depth > MAX_DEPTH) return open(toTextEvent(unquote(text), metadata), depth);
  return documents.flatMap((document) => {
    if (typeof document === 'object') return unwrapEvents(document, metadata, depth + 1);
    return document === '' ? [] : open(toTextEvent(String(document), metadata), depth);
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
    ? toTextEvent(object, metadata)
    : { events: [withDefaults({ source: fieldText(object, 'source'), detail: object }, metadata)] };

/**
 * The JSON documents in a text: one, or several one after the other, with or without line breaks or commas in between. Undefined for a
 * text that is not JSON to its end.
 */
function parseDocuments(text: string): unknown[] | undefined {
  const whole = parse(text);
  if (whole) return whole;
  const pieces = /^[{[]/.test(text) ? splitDocuments(text) : undefined;
  if (!pieces || pieces.length < 2) return undefined;
  const parsed = pieces.map(parse);
  return parsed.every((piece) => piece !== undefined) ? parsed.flat() : undefined;
}

function parse(text: string): [unknown] | undefined {
  try {
    return [JSON.parse(text)];
  } catch {
    return undefined;
  }
}

/** An unclosed string runs to the end of the text, so a large truncated text is read once. */
const STRINGS_AND_BRACKETS = /"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|[{}[\]]/g;

/** Splits after every bracket that closes a document. */
function splitDocuments(text: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(STRINGS_AND_BRACKETS)) {
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth > 0 || token.startsWith('"')) continue;
    pieces.push(text.slice(start, index + 1).replace(/^[\s,]+/, ''));
    start = index + 1;
  }
  const rest = text.slice(start).trim();
  return rest ? [...pieces, rest] : pieces;
}
