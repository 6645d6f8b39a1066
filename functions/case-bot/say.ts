import { timeOf } from '@casebell/im';
import type { Both, Language } from '../../plugins/formatter';

export type { Both, Language } from '../../plugins/formatter';

/** The bot's language; both are understood, one is spoken. */
export interface Say {
  readonly language: Language;
  t(text: Both): string;
  /** A time on the reader's clock. @param when ISO 8601, or ms since 1970 */
  time(when: string | number): string;
}

export function speak(language: Language): Say {
  return {
    language,
    t: (text) => text[language],
    time: (when) => timeOf(typeof when === 'number' ? new Date(when).toISOString() : when),
  };
}
