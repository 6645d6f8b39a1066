import type { SupportService } from '../domain/support-client';
import { normalize } from '../domain/text';
import { searchTerms } from '../drafts/catalog';

/** A model chooses well among some dozens, and each costs tokens. */
const MOST_SERVICES = 30;
const MOST_CATEGORIES = 25;

/** The services that a text may be about: those it names first, the rarest names before the common ones; then what most cases are about. */
export function shortlist(text: string, services: readonly SupportService[]): SupportService[] {
  const known = services.map((service) => ({ service, words: [...new Set(searchTerms(service))] }));
  const bearers = new Map<string, number>();
  for (const word of known.flatMap(({ words }) => words)) bearers.set(word, (bearers.get(word) ?? 0) + 1);
  const said = normalize(text);
  const tokens = new Set(said.split(/[^a-z0-9]+/));
  const isSaid = (word: string): boolean => (/^[a-z0-9]+$/.test(word) ? tokens.has(word) : said.includes(word));
  const weight = (words: readonly string[]): number =>
    words
      .filter((word) => word.length > 1 && isSaid(word))
      .reduce((sum, word) => sum + 1 / (bearers.get(word) ?? 1), 0);
  return known
    .map(({ service, words }) => ({ service, weight: weight(words) }))
    .sort((one, other) => other.weight - one.weight)
    .slice(0, MOST_SERVICES)
    .map(({ service }) => service);
}

/** A service with its categories, in one line. */
export const listed = ({ code, name, categories }: SupportService): string =>
  `${code} (${name}): ${categories
    .slice(0, MOST_CATEGORIES)
    .map((category) => category.code)
    .join(', ')}`;
