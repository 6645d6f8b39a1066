import { formatTime } from '@casebell/im/bots';
import type { Language, LocalizedText } from '../../plugins/formatter';

export type { Language, LocalizedText } from '../../plugins/formatter';

/** The bot's language; both are understood, one is spoken. */
export interface Say {
  readonly language: Language;
  t(text: LocalizedText): string;
  /** A time on the reader's clock. @param when ISO 8601, or ms since 1970 */
  time(when: string | number): string;
}

export function speak(language: Language): Say {
  return {
    language,
    t: (text) => text[language],
    time: (when) => formatTime(typeof when === 'number' ? new Date(when).toISOString() : when),
  };
}
