import type { Both, Language, Say } from '../../plugins/formatter';
import { WORDS } from './words';

const CONSOLES = [
  { regions: /^cn-/, host: 'console.amazonaws.cn' },
  { regions: /^us-gov-/, host: 'console.amazonaws-us-gov.com' },
  { regions: /^/, host: 'console.aws.amazon.com' },
] as const;

/** What AWS writes into its events: ISO 8601, and RFC 1123 in Health. Date.parse alone would read a date into `item 5`. */
const DATE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*(Z|[+-]\d\d:?\d\d)?|[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} .*)$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/** The reader's language, clock and console. The clock is the process's own: see `liveIn`. */
export function speak(language: Language): Say {
  return {
    language,
    t: (text: Both | string) =>
      typeof text === 'string' ? (WORDS[text]?.[language] ?? text) : (text[language] ?? text.en),
    time: (when) => (typeof when === 'string' && DATE.test(when) ? read(when) : String(when ?? '')),
    console: consoleUrl,
  };
}

/** An IANA name; `UTC+8` is POSIX for eight hours *west*, which nobody means. */
const ZONE = /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/;

/**
 * Moves this process into the reader's time zone (an IANA name). Asking Intl for another zone than the process's own would
 * cost every cold start 15 ms. An unknown zone leaves the process in UTC: the answer is whether there is such a zone.
 */
export function liveIn(timeZone: string): boolean {
  process.env.TZ = ZONE.test(timeZone) ? timeZone : 'UTC';
  const offsets = [0, 6].map((month) => new Date(Date.UTC(2026, month)).getTimezoneOffset());
  return timeZone === 'UTC' || offsets.some((offset) => offset !== 0) || liveInCanonical(timeZone);
}

/** A zone that is UTC all year, one in another spelling (`asia/shanghai`), or none at all: here only Intl knows. */
function liveInCanonical(timeZone: string): boolean {
  try {
    process.env.TZ = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
    return ZONE.test(timeZone);
  } catch {
    return false;
  }
}

const two = (number: number): string => (number < 10 ? `0${number}` : `${number}`);

/** The offset is part of the time: the readers of one chat may sit in several zones. */
function read(when: string): string {
  const date = new Date(when);
  if (Number.isNaN(date.valueOf())) return when;
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time} UTC${offsetOf(date)}`;
}

function offsetOf(date: Date): string {
  const east = -date.getTimezoneOffset();
  const minutes = Math.abs(east);
  return east === 0 ? '' : `${east > 0 ? '+' : '-'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/**
 * Region-bound console addresses of the three public partitions: AWS `{region}.console.aws.amazon.com`, China
 * `{region}.console.amazonaws.cn`, GovCloud `{region}.console.amazonaws-us-gov.com`. Without a readable Region: us-east-1.
 */
function consoleUrl(service: string, region: string, path = ''): string {
  const { home, query } = consoles.get(region) ?? rememberConsole(region);
  return `${home}${service}${query}${path}`;
}

const consoles = new Map<string, { home: string; query: string }>();
const MOST_CONSOLES = 100;

function rememberConsole(region: string) {
  const place = REGION.test(region) ? region : 'us-east-1';
  const host = CONSOLES.find(({ regions }) => regions.test(place))?.host;
  const found = { home: `https://${place}.${host}/`, query: `/home?region=${place}` };
  if (consoles.size < MOST_CONSOLES) consoles.set(region, found);
  return found;
}
