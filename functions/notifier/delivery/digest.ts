import {
  type Card,
  type Fact,
  type Link,
  largestFitting,
  type Mention,
  SEVERITY_ICONS,
  type Severity,
  toPlainText,
  truncate,
} from '@casebell/im/webhooks';
import type { Locale, LocalizedText } from '../../../plugins/formatter';
import { type Item, timeSpan } from './incidents';

/** More rows than this are not read; the other groups share one row. */
const MAX_GROUPS = 12;
/** UTF-8 bytes of a Region or a formatter's name: a publisher of events may choose any. */
const MAX_NAME_BYTES = 40;
/** UTF-8 bytes of an account: its name and its id. */
const MAX_ACCOUNT_BYTES = 60;
/** UTF-8 bytes of an event's line: fifty Chinese characters. */
const MAX_LINE_BYTES = 160;
/** UTF-8 bytes of the most severe event, so that others have room. */
const MAX_DETAIL_BYTES = 1_500;
const MAX_LINKS = 3;
const MAX_MENTIONS = 20;

/**
 * One card for many events: how many, of what kind, and when; then the most severe one in full, and the others as lines, as many as fit
 * into one message. The counts of the groups add up to the count in the title, which is that of all events.
 * @param fits whether a card is one message on its platform
 * @param summary of all events; left out where there is no room for it
 */
export function createDigest(
  items: readonly Item[],
  locale: Locale,
  fits: (card: Card) => boolean,
  summary?: Fact,
): Card {
  const sorted = mostSevereFirst(items);
  const counts = { ...countsOnly(sorted, locale), ...(summary && { summary }) };
  if (summary && !fits(counts)) return createDigest(items, locale, fits);
  const [worst, ...others] = sorted;
  if (!worst) return counts;
  const richer = { ...counts, ...extras(sorted, (mention) => fits({ ...counts, mentions: [mention] })) };
  const frame = fits(richer) ? richer : counts;
  const detail = inFull(worst.card, locale);
  const lines = toLines(others);
  const withLines = (shown: number): Card => ({ ...frame, quote: toQuote(detail, lines, shown, locale) });
  const card = withLines(largestFitting(lines.length, (shown) => fits(withLines(shown))));
  return fits(card) ? card : frame;
}

/** The beginning of every digest: only our own words, names and numbers. */
export function countsOnly(items: readonly Item[], locale: Locale): Card {
  const groups = groupItems(items);
  return {
    title: toTitle(items, locale),
    severity: mostSevereFirst(items)[0]?.card.severity ?? 'info',
    text: locale.t(MESSAGES.rateLimited(items.length)),
    facts: [
      ...groups.slice(0, MAX_GROUPS).map((group) => groupRow(group, locale)),
      ...otherGroupsRow(groups.slice(MAX_GROUPS), locale),
    ],
  };
}

const MESSAGES = {
  critical: { en: 'critical', 'zh-CN': '严重' },
  warning: { en: 'warning', 'zh-CN': '警告' },
  info: { en: 'info', 'zh-CN': '信息' },
  resolved: { en: 'resolved', 'zh-CN': '已恢复' },
  comma: { en: ', ', 'zh-CN': '，' },
  mostSevere: { en: 'Most severe', 'zh-CN': '最严重' },
  rateLimited: (count: number): LocalizedText => ({
    en: `Rate limit reached: this message summarizes ${count} events.`,
    'zh-CN': `已达到本群机器人的发送限额，本消息汇总了 ${count} 个事件。`,
  }),
  events: (count: number): LocalizedText => ({ en: `${count} events`, 'zh-CN': `${count} 个事件` }),
  groups: (count: number): LocalizedText => ({ en: `${count} more groups`, 'zh-CN': `另外 ${count} 组` }),
  more: (count: number): LocalizedText => ({
    en: `… and ${count} more, counted above`,
    'zh-CN': `…… 另有 ${count} 个，已计入上方统计`,
  }),
};

const MOST_SEVERE_FIRST: readonly Severity[] = ['critical', 'warning', 'info', 'resolved'];

/** 0 for the most severe. */
const severityRank = ({ severity }: { severity: Severity }): number => MOST_SEVERE_FIRST.indexOf(severity);

/** Events of one formatter, severity, account and Region. */
interface Group {
  formatter: string;
  severity: Severity;
  account: string;
  region: string;
  items: Item[];
}

/** The most severe group first, then the largest. */
export function groupItems(items: readonly Item[]): Group[] {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const { formatter, event } = item.entry;
    const group = { formatter, severity: item.card.severity, account: event.account, region: event.region };
    const key = JSON.stringify(group);
    const known = groups.get(key);
    if (known) known.items.push(item);
    else groups.set(key, { ...group, items: [item] });
  }
  return [...groups.values()].sort(
    (one, other) => severityRank(one) - severityRank(other) || other.items.length - one.items.length,
  );
}

const mostSevereFirst = (items: readonly Item[]): Item[] =>
  [...items].sort(
    (one, other) => severityRank(one.card) - severityRank(other.card) || one.entry.enqueuedAt - other.entry.enqueuedAt,
  );

function toTitle(items: readonly Item[], locale: Locale): string {
  const counts = MOST_SEVERE_FIRST.flatMap((severity) => {
    const count = items.filter(({ card }) => card.severity === severity).length;
    return count ? `${locale.t(MESSAGES[severity])} ${count}` : [];
  });
  const count = locale.t(MESSAGES.events(items.length));
  return `${count} · ${counts.join(locale.t(MESSAGES.comma))} · ${timeSpan(items, locale)}`;
}

function groupRow({ formatter, severity, account, region, items }: Group, locale: Locale): Fact {
  const name = truncate(oneLine(locale.account(account)), MAX_ACCOUNT_BYTES);
  const parts = [
    locale.t(MESSAGES[severity]),
    name,
    truncate(oneLine(region), MAX_NAME_BYTES),
    timeSpan(items, locale),
  ];
  const label = `${items.length} × ${truncate(oneLine(formatter), MAX_NAME_BYTES)}`;
  return { label, value: parts.filter(Boolean).join(' · ') };
}

function otherGroupsRow(groups: readonly Group[], locale: Locale): Fact[] {
  if (groups.length === 0) return [];
  const items = groups.flatMap((group) => group.items);
  const value = `${locale.t(MESSAGES.groups(groups.length))} · ${timeSpan(items, locale)}`;
  return [{ label: `${items.length} × …`, value }];
}

/** Line breaks in a name or a title must not begin a further row. */
const oneLine = (text: string): string => text.replace(/[\p{C}\s]+/gu, ' ');

interface Line {
  text: string;
  count: number;
}

/** One line per event, or one for all that read the same, in the order given. */
function toLines(items: readonly Item[]): Line[] {
  const lines = new Map<string, Line>();
  for (const { card } of items) {
    const text = `${SEVERITY_ICONS[card.severity]} ${truncate(oneLine(card.title), MAX_LINE_BYTES)}`;
    const known = lines.get(text);
    if (known) known.count += 1;
    else lines.set(text, { text, count: 1 });
  }
  return [...lines.values()];
}

function toQuote(detail: string, lines: readonly Line[], shown: number, locale: Locale): string {
  const left = lines.slice(shown).reduce((sum, { count }) => sum + count, 0);
  const printed = lines.slice(0, shown).map(({ text, count }) => (count > 1 ? `${text} × ${count}` : text));
  const below = [...printed, ...(left > 0 ? [locale.t(MESSAGES.more(left))] : [])];
  return below.length ? `${detail}\n\n${below.join('\n')}` : detail;
}

/** A card as plain text; links, mentions and the summary are those of the digest. */
function inFull({ links: _, mentions: __, summary: ___, ...card }: Card, locale: Locale): string {
  return `${locale.t(MESSAGES.mostSevere)}: ${truncate(toPlainText(card), MAX_DETAIL_BYTES)}`;
}

/**
 * The mentions of all cards, and the links of the most severe one.
 * @param canMention whether a mention leaves the digest one message: WeCom mentions a mobile number in a further message
 */
function extras(items: readonly Item[], canMention: (mention: Mention) => boolean): Pick<Card, 'links' | 'mentions'> {
  const links: Link[] = items[0]?.card.links?.slice(0, MAX_LINKS) ?? [];
  const each = new Map<string, Mention>();
  for (const { card } of items)
    for (const mention of card.mentions ?? []) if (each.size < MAX_MENTIONS) each.set(JSON.stringify(mention), mention);
  const mentions = [...each.values()].filter(canMention);
  return { ...(links.length && { links }), ...(mentions.length && { mentions }) };
}
