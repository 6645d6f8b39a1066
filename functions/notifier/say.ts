import { timeOf } from '@casebell/im';
import type { Both, Language, Say } from '../../plugins/formatter';
import { consoleUrl } from './consoles';
import { WORDS } from './words';

/**
 * The reader's language, clock and console.
 * @param names what people call accounts, by account id
 */
export function speak(language: Language, names: ReadonlyMap<string, string> = new Map()): Say {
  return {
    language,
    t: (text: Both | string) =>
      typeof text === 'string' ? (WORDS[text]?.[language] ?? text) : (text[language] ?? text.en),
    time: timeOf,
    account: (id) => (names.has(id) ? `${names.get(id)} (${id})` : id),
    console: consoleUrl,
  };
}
