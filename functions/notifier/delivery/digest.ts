import { type Card, type Fact, type Link, largestFitting, type Mention, truncate } from '@casebell/im/webhooks';
import type { Locale } from '../../../plugins/formatter';
import { GRAVEST_FIRST, type Group, groupsOf, rank, span } from './groups';
import type { Item } from './item';
import { inFull, type Line, linesOf, oneLine, printLine } from './lines';
import { WORDS } from './words';

/** More rows than this are not read; the rest is one row. */
const MOST_GROUPS = 12;
/** UTF-8 bytes of an account, a Region or a formatter: whoever may publish an event may call them anything. */
const NAME = 40;
/** UTF-8 bytes of an account: what people call it, and its id. */
const ACCOUNT = 60;
const MOST_LINKS = 3;
const MOST_MENTIONS = 20;

/**
 * One card for many events: how many, of what and when first; then the gravest in full, the rest as lines, as far as one
 * message goes. The counts of the groups always add up to the count in the title, which is that of all events.
 * @param fits whether a card is one message on its platform.
 * @param lead what all of it comes to; left out where there is no room for it.
 */
export function digest(items: readonly Item[], locale: Locale, fits: (card: Card) => boolean, lead?: Fact): Card {
  const sorted = gravestFirst(items);
  const counts = { ...countsOnly(sorted, locale), ...(lead && { lead }) };
  if (lead && !fits(counts)) return digest(items, locale, fits);
  const [gravest, ...others] = sorted;
  if (!gravest) return counts;
  const richer = { ...counts, ...extras(sorted, (mention) => fits({ ...counts, mentions: [mention] })) };
  const frame = fits(richer) ? richer : counts;
  const full = inFull(gravest.card, locale);
  const lines = linesOf(others);
  const drawn = (shown: number): Card => ({ ...frame, quote: quoteOf(full, lines, shown, locale) });
  const told = drawn(largestFitting(lines.length, (shown) => fits(drawn(shown))));
  return fits(told) ? told : frame;
}

/** What every digest begins with: our own words, names and numbers. */
export function countsOnly(items: readonly Item[], locale: Locale): Card {
  const groups = groupsOf(items);
  const shown = groups.slice(0, MOST_GROUPS);
  return {
    title: titleOf(items, locale),
    severity: gravestFirst(items)[0]?.card.severity ?? 'info',
    text: locale.t(WORDS.why),
    facts: [...shown.map((group) => rowOf(group, locale)), ...restRow(groups.slice(MOST_GROUPS), locale)],
  };
}

const gravestFirst = (items: readonly Item[]): Item[] =>
  [...items].sort((one, other) => rank(one.card) - rank(other.card) || one.entry.since - other.entry.since);

function titleOf(items: readonly Item[], locale: Locale): string {
  const counts = GRAVEST_FIRST.flatMap((severity) => {
    const count = items.filter(({ card }) => card.severity === severity).length;
    return count ? `${locale.t(WORDS[severity])} ${count}` : [];
  });
  return `${locale.t(WORDS.events(items.length))} · ${counts.join(locale.t(WORDS.comma))} · ${span(items, locale)}`;
}

function rowOf(group: Group, locale: Locale): Fact {
  const { by, severity, account, region, items } = group;
  const place = [truncate(oneLine(locale.account(account)), ACCOUNT), truncate(oneLine(region), NAME)];
  const value = [locale.t(WORDS[severity]), ...place, span(items, locale)].filter(Boolean).join(' · ');
  return { label: `${items.length} × ${truncate(oneLine(by), NAME)}`, value };
}

function restRow(groups: readonly Group[], locale: Locale): Fact[] {
  if (groups.length === 0) return [];
  const items = groups.flatMap((group) => group.items);
  return [{ label: `${items.length} × …`, value: `${locale.t(WORDS.groups(groups.length))} · ${span(items, locale)}` }];
}

function quoteOf(full: string, lines: readonly Line[], shown: number, locale: Locale): string {
  const left = lines.slice(shown).reduce((sum, { count }) => sum + count, 0);
  const more = left > 0 ? [locale.t(WORDS.more(left))] : [];
  const rest = [...lines.slice(0, shown).map(printLine), ...more];
  return rest.length ? `${full}\n\n${rest.join('\n')}` : full;
}

/**
 * Whom the single cards would have called, and where the gravest of them would have led.
 * @param isCallable WeCom calls a mobile number, or everyone, in a message of its own only: a digest is one message.
 */
function extras(items: readonly Item[], isCallable: (mention: Mention) => boolean): Pick<Card, 'links' | 'mentions'> {
  const links: Link[] = items[0]?.card.links?.slice(0, MOST_LINKS) ?? [];
  const each = new Map<string, Mention>();
  for (const { card } of items)
    for (const mention of card.mentions ?? [])
      if (each.size < MOST_MENTIONS) each.set(JSON.stringify(mention), mention);
  const mentions = [...each.values()].filter(isCallable);
  return { ...(links.length && { links }), ...(mentions.length && { mentions }) };
}
