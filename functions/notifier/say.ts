import { formatTime } from '@casebell/im/webhooks';
import type { Language, Locale, LocalizedText } from '../../plugins/formatter';
import { consoleUrl } from './consoles';
import { WORDS } from './words';

/**
 * The reader's language, clock and console.
 * @param names what people call accounts, by account id
 */
export function createLocale(language: Language, names: ReadonlyMap<string, string> = new Map()): Locale {
  return {
    language,
    t: (text: LocalizedText | string) =>
      typeof text === 'string' ? (WORDS[text]?.[language] ?? text) : (text[language] ?? text.en),
    time: formatTime,
    account: (id) => (names.has(id) ? `${names.get(id)} (${id})` : id),
    console: consoleUrl,
  };
}
