import { type Card, dueIn, type Fact, isInLanguage, type Original, toPlainText } from '@casebell/im/webhooks';
import type { AwsEvent, Locale } from '../../../plugins/formatter';
import { asObject, fingerprint, textAt } from '../ingest/json';
import type { Entry } from '../outbox/outbox';
import type { TASKS } from './task';

/** What is to be summarised. */
export interface Subject {
  kind: keyof typeof TASKS;
  /** Of events that are told again and again: an incident, or the event itself. */
  family: string;
  /** The same for two that say the same. */
  print: string;
  original: Original;
}

/** What it comes to, in a model's words; undefined where there are none that may be shown. Never rejects. @param until ms since 1970 */
export type Summarize = (subject: Subject, until: number) => Promise<Fact | undefined>;

/** UTF-8 bytes of a whole card: what is shorter, and in the reader's language, is read faster than its summary. */
const LONG = 600;

/** A card that quotes somebody is worth a summary when it is long, or when they speak another language; our own words never are. */
export const isWorthIt = (card: Card, { language }: Locale): boolean => {
  const { quote = '', summary } = card;
  return !summary && /\p{L}/u.test(quote) && (!isInLanguage(language, quote) || Buffer.byteLength(shown(card)) > LONG);
};

/** One event, as its card tells it. */
export function subjectOf(event: AwsEvent, { key, card, incident, contentHash }: Entry, locale: Locale): Subject {
  return {
    kind: 'event',
    family: incident ?? key,
    print: contentHash ?? fingerprint(card),
    original: { text: shown(card), language: locale.language, deadlines: deadlinesOf(event, card, locale) },
  };
}

/** Many events, as their digest tells them. @param id the same for those who are told the same events */
export const subjectOfDigest = (card: Card, id: string, { language }: Locale): Subject => ({
  kind: 'digest',
  family: id,
  print: id,
  original: { text: shown(card), language },
});

/** Links lead to consoles and say nothing; whom a card calls is not the model's business. */
const shown = ({ links: _, mentions: __, buttons: ___, form: ____, ...card }: Card): string => toPlainText(card);

/**
 * Times that a summary must name: when a scheduled change begins, for until then something may be done about it (AWS Health User Guide,
 * "startTime"), and the first date in AWS's words by which somebody has to act.
 */
function deadlinesOf({ detail, time }: AwsEvent, { quote = '' }: Card, locale: Locale): (readonly string[])[] {
  const found = asObject(detail);
  const start = textAt(found, 'startTime');
  const isAhead = textAt(found, 'eventTypeCategory') === 'scheduledChange' && textAt(found, 'statusCode') !== 'closed';
  const due = dueIn(quote, time);
  return [...(isAhead && start ? [[locale.time(start), start]] : []), ...(due ? [[due]] : [])];
}
