/** Time and chance, passed in so that a test needs no real time. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** From 0 (inclusive) to 1. */
  random(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  random: () => Math.random(),
};

/** The reader's time zone as a value. */
export interface TimeZone {
  /** IANA name. */
  readonly name: string;
  /** Minutes east of UTC. @param at ms since 1970 */
  offsetMinutes(at: number): number;
}

export const UTC: TimeZone = { name: 'UTC', offsetMinutes: () => 0 };

/**
 * Minutes east of UTC, of zones whose offset has not changed since 2010 and has no summer time (tz database).
 * The first question to Intl costs a cold start 15 ms of CPU; these zones need none.
 */
export const FIXED_OFFSETS: Readonly<Record<string, number>> = {
  UTC: 0,
  'Asia/Shanghai': 480,
  'Asia/Hong_Kong': 480,
  'Asia/Taipei': 480,
  'Asia/Singapore': 480,
  'Asia/Kuala_Lumpur': 480,
  'Asia/Manila': 480,
  'Asia/Tokyo': 540,
  'Asia/Seoul': 540,
  'Asia/Bangkok': 420,
  'Asia/Ho_Chi_Minh': 420,
  'Asia/Jakarta': 420,
  'Asia/Kolkata': 330,
  'Asia/Dubai': 240,
};

/** An IANA name. `UTC+8` is none: in POSIX it means eight hours *west*. */
const ZONE_NAME = /^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/;

/** The zone of an IANA name, in any case; undefined when there is no such zone. */
export function createTimeZone(name: string): TimeZone | undefined {
  const fixed = Object.hasOwn(FIXED_OFFSETS, name) ? FIXED_OFFSETS[name] : undefined;
  if (name === UTC.name) return UTC;
  if (fixed !== undefined) return { name, offsetMinutes: () => fixed };
  if (!ZONE_NAME.test(name)) return undefined;
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: name, timeZoneName: 'longOffset' });
    return { name, offsetMinutes: (at) => offsetIn(format.format(at)) };
  } catch {
    return undefined;
  }
}

/** `6/1/2024, GMT-03:30` is -210; plain `GMT` is 0. */
function offsetIn(text: string): number {
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(text) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** The local wall-clock time of a moment: read it with `getUTC…`. @param at ms since 1970 */
export const localDate = (at: number, zone: TimeZone): Date => new Date(at + zone.offsetMinutes(at) * 60_000);

/** The local calendar day, `2026-11-30`; its first seven characters are the month. @param at ms since 1970 */
export const localDay = (at: number, zone: TimeZone): string => localDate(at, zone).toISOString().slice(0, 10);

/** When the next local calendar month begins, in ms since 1970. @param at ms since 1970 */
export function nextMonthStart(at: number, zone: TimeZone): number {
  const local = localDate(at, zone);
  const start = Date.UTC(local.getUTCFullYear(), local.getUTCMonth() + 1);
  return start - zone.offsetMinutes(start) * 60_000;
}

/** Times as AWS writes them: ISO 8601, and RFC 1123 in Health events. Date.parse alone would read a date into `item 5`. */
const AWS_TIME =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d[\d:.]*(Z|[+-]\d\d:?\d\d)?|[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{4} .*)$/;

/**
 * A time in the reader's zone, `2024-06-01 20:00:00 UTC+08:00`. The offset is shown because readers of one chat may live in
 * several zones. Text that is not a time is returned unchanged. ISO 8601 without an offset is taken for UTC.
 */
export function formatTime(when: string | number, zone: TimeZone): string {
  if (typeof when === 'string' && !AWS_TIME.test(when)) return when;
  const at = typeof when === 'number' ? when : Date.parse(hasOffset(when) ? when : `${when}Z`);
  if (Number.isNaN(at)) return String(when ?? '');
  const local = localDate(at, zone).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 19)} UTC${formatOffset(zone.offsetMinutes(at))}`;
}

const hasOffset = (when: string): boolean => !/^\d/.test(when) || /(Z|[+-]\d\d:?\d\d)$/.test(when);

function formatOffset(minutes: number): string {
  if (minutes === 0) return '';
  const pad = (number: number) => String(number).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes > 0 ? '+' : '-'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}
