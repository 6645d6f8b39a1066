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

/**
 * The reader's language, clock and console.
 * @param timeZone an IANA name, `Asia/Shanghai`; throws RangeError when there is no such zone.
 */
export function speak(language: Language, timeZone: string): Say {
  const clock = clockOf(timeZone);
  return {
    language,
    t: (text: Both | string) =>
      typeof text === 'string' ? (WORDS[text]?.[language] ?? text) : (text[language] ?? text.en),
    time: (when) => (typeof when === 'string' && DATE.test(when) ? read(when, clock) : String(when ?? '')),
    console: consoleUrl,
  };
}

/** The Swedish locale writes ISO dates; the offset is part of the time, since the readers may sit in several zones. */
function clockOf(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: undefined,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
}

function read(when: string, clock: Intl.DateTimeFormat): string {
  const instant = Date.parse(when);
  return Number.isNaN(instant) ? when : clock.format(instant).replace('GMT', 'UTC').replace('−', '-');
}

/**
 * Region-bound console addresses of the three public partitions: AWS `{region}.console.aws.amazon.com`, China
 * `{region}.console.amazonaws.cn`, GovCloud `{region}.console.amazonaws-us-gov.com`. Without a readable Region: us-east-1.
 */
function consoleUrl(service: string, region: string, path = ''): string {
  const place = REGION.test(region) ? region : 'us-east-1';
  const host = CONSOLES.find(({ regions }) => regions.test(place))?.host;
  return `https://${place}.${host}/${service}/home?region=${place}${path}`;
}
