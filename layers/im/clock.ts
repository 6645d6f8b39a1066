/** What AWS writes into its events: ISO 8601, and RFC 1123 in Health. Date.parse alone would read a date into `item 5`. */
const DATE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*(Z|[+-]\d\d:?\d\d)?|[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} .*)$/;

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

/** A time of an event on the reader's clock, which is the process's own; what is no time comes back as it is. */
export const formatTime = (when: string): string =>
  typeof when === 'string' && DATE.test(when) ? read(when) : String(when ?? '');
