import { createHash } from 'node:crypto';
import type { AwsEvent } from '../../../plugins/formatter';

/** A JSON object whose fields nobody has vouched for. */
export type Loose = Readonly<Record<string, unknown>>;

/** What the wrappings around an event already told: the SNS message's id, topic and time, the SQS record's id. */
export interface Hints {
  id?: string;
  time?: string;
  subject?: string;
  topic?: string;
}

/** One way in which an event can arrive: how it is recognised and how it is read. */
export interface Shape {
  fits(found: Loose): boolean;
  /** What was inside: events, or something that has to be unwrapped further. */
  read(found: Loose, hints: Hints): Reading;
}

export type Reading = { events: AwsEvent[] } | { inside: unknown; hints: Hints };

export const isLoose = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object, or an empty one: its fields can be asked for either way. */
export const loose = (value: unknown): Loose => (isLoose(value) ? value : {});

const fold = (key: string): string => key.replace(/[-_ ]/g, '').toLowerCase();

/**
 * A field of an envelope, however its name was written: `detail-type`, `DetailType`, `detailtype`, `detail_type`.
 * Hand-written publishers change the case; AWS's own PutEvents entries do too.
 */
export function field(found: Loose, name: string): unknown {
  if (name in found) return found[name];
  const wanted = fold(name);
  const key = Object.keys(found).find((candidate) => fold(candidate) === wanted);
  return key === undefined ? undefined : found[key];
}

/** A field as text: strings as they are, numbers and booleans written out, anything else empty. */
export function textOf(found: Loose, name: string): string {
  const value = field(found, name);
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

const ARN = /^arn:[^:]*:[^:]*:([^:]*):([^:]*):/;

/** Region and account of an ARN; empty where it has none or is no ARN. */
export function placeOf(arn: string): { region: string; account: string } {
  const [, region = '', account = ''] = ARN.exec(arn) ?? [];
  return { region, account };
}

/** Fills what is missing: an event always has every field of the envelope, and an id that a redelivery repeats. */
export function complete(event: Partial<AwsEvent>, hints: Hints): AwsEvent {
  const place = placeOf(hints.topic ?? '');
  return {
    id: event.id || hints.id || fingerprint(event),
    source: event.source?.trim() || 'unknown',
    'detail-type': event['detail-type']?.trim() || hints.subject?.trim() || 'Event',
    account: event.account || place.account,
    region: event.region || place.region,
    time: event.time || hints.time || '',
    resources: event.resources ?? [],
    detail: event.detail ?? {},
  };
}

/** What tells one event from another when their ids do not: 32 hex digits of its content. */
export const fingerprint = (content: unknown): string =>
  createHash('sha256').update(jsonOf(content)).digest('hex').slice(0, 32);

/** JSON of anything: what is nested too deeply for JSON.stringify (some thousand levels) comes out as a remark. */
export function jsonOf(value: unknown, indent?: number): string {
  try {
    return JSON.stringify(value, null, indent) ?? 'null';
  } catch (error) {
    return `"${error instanceof Error ? error.message : 'not JSON'}"`;
  }
}
