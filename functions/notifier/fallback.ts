import { type Card, type Fact, isHttpUrl, type Link, type Severity, truncate } from '@casebell/im/webhooks';
import type { AwsEvent, Formatter, Locale, LocalizedText } from '../../plugins/formatter';
import { consolePath } from '../shared/console-url';
import { byWeight, isState, isTitle, type Leaf, labelOf, leavesOf } from './fields';
import { pairsOf } from './pairs';
import { loose } from './shapes/shape';
import { MESSAGE } from './shapes/text';

/** As many as a CloudFormation notification has. */
const MOST_FACTS = 13;
const MOST_LINKS = 4;
/** A longer value reads as somebody's words, not as a field. */
const LONG = 160;
const BAD =
  /fail|unsuccess|error|critical|alarm|unhealthy|denied|timed_?out|timeout|abort|impaired|degraded|threats_found|severe|\bred\b|失败|错误|异常|故障|超时/i;
const OVER = /^OK\b|恢复/;

/** Sources that say nothing to a reader. */
const SPEECHLESS: readonly string[] = [MESSAGE.source, 'unknown'];
const LEFT_OUT: LocalizedText = { en: 'Fields not shown', 'zh-CN': '未显示字段' };
const UNNAMED: LocalizedText = { en: 'Event', 'zh-CN': '事件' };

/** Knows every event and every text: what no other formatter has taken is still told, readably. */
export const fallback: Formatter = {
  name: 'fallback',
  pattern: { source: [{ exists: true }] },
  format: (event, locale) => {
    const { message, subject } = event.source === MESSAGE.source ? loose(event.detail) : loose(undefined);
    const content = typeof message === 'string' ? (pairsOf(message, MOST_FACTS) ?? message) : (message ?? event.detail);
    if (typeof content === 'string') return textCard(content, subject, event, locale);
    return eventCard(event, content, typeof subject === 'string' ? subject : undefined, locale);
  },
};

/** A plain text as a text: its subject, or else its first line, is the title. */
function textCard(message: string, subject: unknown, event: AwsEvent, locale: Locale): Card {
  const titled = typeof subject === 'string' && subject !== '';
  const [first = '', ...rest] = message.split('\n');
  const speaks = /[\p{L}\p{N}]/u.test(first);
  const untitled = speaks && first.length <= LONG ? rest.join('\n') : message;
  const title = titled ? subject : truncate(speaks ? first : event['detail-type'], 2 * LONG);
  return {
    title,
    severity: severityOf(title, []),
    quote: (titled ? message : untitled).trim() || undefined,
    facts: placeFacts(event, locale),
  };
}

function eventCard(event: AwsEvent, content: unknown, subject: string | undefined, locale: Locale): Card {
  const leaves = byWeight(leavesOf(content));
  const places = placeFacts(event, locale);
  const words = leaves.find(({ value }) => value.length > LONG && !isHttpUrl(value));
  const links = leaves.filter(({ value }) => isHttpUrl(value)).slice(0, MOST_LINKS);
  const shown = new Set([event.id, event.time, ...event.resources, ...places.map(({ value }) => value)]);
  const told = leaves.filter((leaf) => leaf !== words && !links.includes(leaf) && !shown.has(leaf.value));
  const name = event['detail-type'] === UNNAMED.en ? locale.t(UNNAMED) : event['detail-type'];
  const title = [subject ?? name, headline(leaves, event)].filter(Boolean).join(' · ');
  return {
    title,
    severity: severityOf(title, leaves),
    facts: [
      ...places,
      ...told.slice(0, MOST_FACTS).map((leaf) => factOf(leaf, locale)),
      ...restOf(told.length - MOST_FACTS, locale),
    ],
    quote: words?.value,
    links: [...links.map(linkOf), ...consoleLink(event, locale)],
  };
}

const factOf = (leaf: Leaf, locale: Locale): Fact => ({
  label: labelOf(leaf),
  value: truncate(locale.time(leaf.value), 2 * LONG),
});

/** What is left out is counted, so that nobody takes a choice for the whole. */
const restOf = (count: number, locale: Locale): Fact[] =>
  count > 0 ? [{ label: locale.t(LEFT_OUT), value: `+${count}` }] : [];
const linkOf = (leaf: Leaf): Link => ({ label: labelOf(leaf), url: leaf.value });

/** What it calls itself, or else the state it is in, or the resource it is about. */
function headline(leaves: readonly Leaf[], { source, resources }: AwsEvent): string {
  const short = leaves.filter(({ value }) => value.length <= LONG / 2);
  const told = short.find(isTitle) ?? short.find(isState);
  const resource = source === MESSAGE.source ? undefined : resources[0]?.split(/[/:]/).at(-1);
  return told?.value ?? resource ?? '';
}

/** The title and the fields that name a state are asked: an error code somewhere deep inside is no alarm. */
function severityOf(title: string, leaves: readonly Leaf[]): Severity {
  const isBad = (BAD.test(title) && !OVER.test(title)) || leaves.some((leaf) => isState(leaf) && BAD.test(leaf.value));
  return isBad ? 'warning' : 'info';
}

function placeFacts(event: AwsEvent, locale: Locale): Fact[] {
  const facts = [
    {
      label: locale.t('source'),
      value: [SPEECHLESS.includes(event.source) ? '' : event.source, ...event.resources].filter(Boolean).join('\n'),
    },
    { label: locale.t('account'), value: locale.account(event.account) },
    { label: locale.t('region'), value: event.region },
    { label: locale.t('time'), value: locale.time(event.time) },
  ];
  return facts.filter(({ value }) => value);
}

function consoleLink(event: AwsEvent, locale: Locale): Link[] {
  if (!event.source.startsWith('aws.') || event.source === MESSAGE.source) return [];
  return [{ label: locale.t('console'), url: locale.console(consolePath(event.source), event.region) }];
}
