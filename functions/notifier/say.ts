import { timeOf } from '@casebell/im';
import type { Both, Language, Say } from '../../plugins/formatter';
import { consoleUrl } from './consoles';
import { WORDS } from './words';

/** The reader's language, clock and console. */
export function speak(language: Language): Say {
  return {
    language,
    t: (text: Both | string) =>
      typeof text === 'string' ? (WORDS[text]?.[language] ?? text) : (text[language] ?? text.en),
    time: timeOf,
    console: consoleUrl,
  };
}
