import type { Violation } from '@casebell/im/webhooks';
import type { Language } from '../../../plugins/formatter';

/** What a model has answered about a sample event, and what the guard must make of it. */
export interface Output {
  /** A file of `events/`, without `.json`. */
  event: string;
  language: Language;
  text: string;
  verdict: 'good' | Violation;
}

type Row = readonly [event: string, text: string];

export const good = (language: Language, rows: readonly Row[]): Output[] =>
  rows.map(([event, text]) => ({ event, language, text, verdict: 'good' }));

export const bad = (language: Language, rows: readonly (readonly [Violation, ...Row])[]): Output[] =>
  rows.map(([verdict, event, text]) => ({ event, language, text, verdict }));
