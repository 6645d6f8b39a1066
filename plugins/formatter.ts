import type { Card } from '@casebell/im/webhooks';

export type { Card } from '@casebell/im/webhooks';

/** An AWS event in EventBridge's envelope. Events that arrive another way (SNS, alarm actions) are converted to it. */
export interface AwsEvent<Detail = unknown> {
  id: string;
  source: string;
  'detail-type': string;
  account: string;
  region: string;
  /** ISO 8601, UTC; empty when the event had none. */
  time: string;
  resources: string[];
  detail: Detail;
}

/** An EventBridge event pattern: the JSON of a rule's `EventPattern`. */
export type EventPattern = { readonly [field: string]: unknown };

export type Language = 'zh-CN' | 'en';

/** A text in every language of the product. */
export type LocalizedText = Readonly<Record<Language, string>>;

/** The reader's language, time zone and console; a plugin needs no imports. */
export interface Locale {
  readonly language: Language;
  /** Your own text in the reader's language, or a word of the common vocabulary (`account`, `region`, `time`, ...). */
  t(text: LocalizedText | string): string;
  /** A time (ISO 8601, RFC 1123 or ms since 1970) in the reader's time zone; text that is no time is returned unchanged. */
  time(when: string | number): string;
  /** An account with its name, `prod (123456789012)`; an account without a name is returned unchanged. */
  account(id: string): string;
  /** A deep link to the console of the Region's partition, such as `console('ec2', 'cn-north-1', '#Instances:')`. */
  console(service: string, region: string, path?: string): string;
}

/** Keys that recognize duplicates and follow-ups. Any JSON value; it is compared as a whole. */
export interface DedupKeys {
  /** Two events with the same key are delivered once. Absent: every event is delivered. */
  event?: unknown;
  /** Later events with the same key are delivered as follow-ups; those that differ only in times are not delivered. */
  incident?: unknown;
}

/**
 * The contract of a plugin: one `.mjs` or `.cjs` file whose default export is a formatter. The first formatter whose pattern
 * matches an event makes its card; formatters in a user's layer are asked before the built-in ones.
 */
export interface Formatter<Detail = unknown> {
  readonly name: string;
  readonly pattern: EventPattern;
  /** Pure and synchronous. `undefined` suppresses the event. If it throws, the next formatter is asked. */
  format(event: AwsEvent<Detail>, locale: Locale): Card | undefined;
  /** Pure. Called for every event that the pattern matches; `undefined` where the event has no such keys. */
  dedupKeys?(event: AwsEvent<Detail>): DedupKeys | undefined;
}
