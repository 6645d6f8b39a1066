import type { Language } from '../formatter';
import { type Json, list, text } from '../json';

/**
 * AWS's own description in the reader's language, otherwise in English, otherwise the first one.
 * Languages come as `zh_CN` and `en_US`.
 */
export function descriptionOf(descriptions: Json | undefined, language: Language): string | undefined {
  const all = list(descriptions).map((one) => ({
    language: text(one.language)?.replace('_', '-').toLowerCase() ?? '',
    words: text(one) ?? text(one.latestDescription),
  }));
  const wanted = [language.toLowerCase(), language.slice(0, 2), 'en', ''];
  const best = wanted.flatMap((start) => all.filter((one) => one.words && one.language.startsWith(start)))[0];
  // Health writes a line break as the two characters \n; anywhere else those may be part of somebody's JSON or path.
  return best?.words?.replaceAll('\\n', '\n').trim();
}
