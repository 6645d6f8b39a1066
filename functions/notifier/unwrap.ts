import type { AwsEvent } from '../../plugins/formatter';
import { alarmAction, alarmMessage } from './shapes/alarm';
import { documents } from './shapes/documents';
import { event } from './shapes/event';
import { card, custom } from './shapes/ready';
import { records, serviceRecord, sqs } from './shapes/records';
import { complete, type Hints, isLoose, type Loose, type Reading, type Shape, textOf } from './shapes/shape';
import { sns } from './shapes/sns';
import { message, unquote } from './shapes/text';

/** Asked in this order; the first that fits reads. */
const SHAPES: readonly Shape[] = [records, sqs, sns, custom, alarmAction, alarmMessage, event, card, serviceRecord];

/** SQS holds SNS holds EventBridge holds a card: four. What nests deeper is shown as it is. */
const DEEPEST = 8;

/**
 * Whatever a queue, a topic, a rule or a person handed over, as the events that are in it. Never throws for content; an empty
 * list means that there was nothing to say.
 */
export function unwrap(input: unknown, hints: Hints = {}, depth = 0): AwsEvent[] {
  if (typeof input === 'string') return unwrapText(input, hints, depth);
  if (Array.isArray(input)) return unwrapList(input, hints, depth);
  if (isLoose(input)) return unwrapObject(input, hints, depth);
  return input === undefined || input === null ? [] : open(message(String(input), hints), depth);
}

/** Nested like this by accident or by malice: told as what it is, a list. */
function unwrapList(list: unknown[], hints: Hints, depth: number): AwsEvent[] {
  if (depth > DEEPEST) return [complete({ detail: list }, hints)];
  return list.flatMap((entry) => unwrap(entry, hints, depth + 1));
}

/** A byte order mark is no content: editors on Windows put it there. */
function unwrapText(raw: string, hints: Hints, depth: number): AwsEvent[] {
  const text = raw.replace(/^\uFEFF/, '').trim();
  if (!text) return [];
  const found = documents(text);
  if (!found || depth > DEEPEST) return open(message(unquote(text), hints), depth);
  return found.flatMap((document) =>
    typeof document === 'object' ? unwrap(document, hints, depth + 1) : unwrapScalar(document, hints, depth),
  );
}

const unwrapScalar = (document: unknown, hints: Hints, depth: number): AwsEvent[] =>
  document === '' ? [] : open(message(String(document), hints), depth);

function unwrapObject(found: Loose, hints: Hints, depth: number): AwsEvent[] {
  if (Object.keys(found).length === 0) return [];
  const shape = depth > DEEPEST ? undefined : SHAPES.find((candidate) => candidate.fits(found));
  return open(shape ? shape.read(found, hints) : anything(found, hints), depth + 1);
}

const open = (reading: Reading, depth: number): AwsEvent[] =>
  'events' in reading ? reading.events : unwrap(reading.inside, reading.hints, depth);

/** JSON that is nobody's event: a message when it came over a topic, otherwise an event of unknown origin. */
const anything = (found: Loose, hints: Hints): Reading =>
  hints.topic || hints.subject
    ? message(found, hints)
    : { events: [complete({ source: textOf(found, 'source'), detail: found }, hints)] };
