import type { Card } from '@casebell/im/webhooks';

export type { Card } from '@casebell/im/webhooks';

/** An event in EventBridge's envelope, under AWS's own names. What came another way (SNS, alarm actions) is put into it. */
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

/** An EventBridge event pattern: the same JSON one would give a rule. */
export type EventPattern = { readonly [field: string]: unknown };

export type Language = 'zh-CN' | 'en';

/** A text in every language we speak. */
export type LocalizedText = Readonly<Record<Language, string>>;

/** The reader's language, clock and console, so that a plugin imports nothing. */
export interface Locale {
  readonly language: Language;
  /** A text of one's own in the reader's language, or a word of the common vocabulary (`account`, `region`, `time`, ...). */
  t(text: LocalizedText | string): string;
  /** A time (ISO 8601, RFC 1123 or ms since 1970) in the reader's time zone; text that is no time is returned unchanged. */
  time(when: string | number): string;
  /** An account as people call it, with its id: `prod (123456789012)`; one that has no name comes back as it is. */
  account(id: string): string;
  /** A deep link into the console of the Region's own partition, e.g. `console('ec2', 'cn-north-1', '#Instances:')`. */
  console(service: string, region: string, path?: string): string;
}

/** What makes two events one, and what they are news of. Any JSON will do; it is compared as a whole. */
export interface DedupKeys {
  /** Two events of which this is the same are told once. Left out: each event is one of its own. */
  event?: unknown;
  /** Later events of the same incident are told as follow-ups; those that differ in nothing but times are not told. */
  incident?: unknown;
}

/**
 * The whole contract a plugin author must know. A plugin is one lone `.mjs` or `.cjs` file whose default export is this.
 * Of all formatters whose pattern matches, the first one answers: yours are asked before ours.
 */
export interface Formatter<Detail = unknown> {
  readonly name: string;
  readonly pattern: EventPattern;
  /** Pure and synchronous. `undefined` means: stay silent about this event. */
  format(event: AwsEvent<Detail>, locale: Locale): Card | undefined;
  /** Pure, and asked of every event that the pattern matches; undefined where there is nothing to go by. */
  dedupKeys?(event: AwsEvent<Detail>): DedupKeys | undefined;
}
