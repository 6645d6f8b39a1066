import { blanked, type Moment, momentsIn } from './moments';

/** The times that a text names. */
export interface Times {
  moments: readonly Moment[];
  /** `UTC+08:00` and the like, in minutes east. */
  zones: ReadonlySet<number>;
  /** The text without all of them. */
  rest: string;
}

const ZONE = /\b(?:UTC|GMT) ?([+-])(\d{1,2})(?::?(\d\d))?(?![\d])|(?<=\d)([+-])(\d\d):?(\d\d)\b(?!-)/g;

/** @param text as NFKC leaves it */
export function timesIn(text: string): Times {
  const found = [...text.matchAll(ZONE)].filter(isZone);
  const zones = new Set(found.map(minutesOf));
  const clocks = blanked(
    text,
    found.map((match) => ({ at: match.index, end: match.index + match[0].length })),
  );
  const moments = momentsIn(clocks);
  return { moments, zones, rest: blanked(clocks, moments) };
}

/** `2026-0930` is no offset: without UTC before it one follows a time of day. */
const isZone = (match: RegExpExecArray): boolean =>
  match[1] !== undefined || /\d:\d\d(?:\.\d+)?$/.test(match.input.slice(0, match.index));

const minutesOf = ([, sign, hours, minutes = '0', bare, bareHours, bareMinutes]: RegExpExecArray): number => {
  const size = Number(hours ?? bareHours) * 60 + Number(hours === undefined ? bareMinutes : minutes);
  return (sign ?? bare) === '-' ? -size : size;
};

/** Whether a text names a time: its day, and its time of day unless that is midnight or not named. */
export function names({ moments }: Pick<Times, 'moments'>, { moments: wanted }: Pick<Times, 'moments'>): boolean {
  const [day] = wanted.filter((moment) => moment.day);
  const [clock] = wanted.filter((moment) => moment.clock);
  const hasDay = !day || moments.some((moment) => moment.day === day.day && isYear(moment, day));
  const hasClock = !clock || clock.clock === '00:00' || moments.some((moment) => moment.clock === clock.clock);
  return hasDay && hasClock;
}

const isYear = (one: Moment, other: Moment): boolean => !one.year || !other.year || one.year === other.year;

/** What of a text's times the other does not have: a word for the log, without content. */
export function strangeTime(said: Times, known: Times): boolean {
  const years = new Set(known.moments.flatMap(({ year }) => year ?? []));
  const isKnownDay = (moment: Moment): boolean =>
    known.moments.some(
      ({ day, year }) => day === moment.day && (!moment.year || (year ?? moment.year) === moment.year),
    ) &&
    (!moment.year || years.has(moment.year));
  const isKnown = (moment: Moment): boolean =>
    moment.day ? isKnownDay(moment) : known.moments.some(({ clock }) => clock === moment.clock);
  if (!said.moments.every(isKnown)) return true;
  if (![...said.zones].every((zone) => known.zones.has(zone))) return true;
  const pairs = new Set(pairsOf(known.moments));
  return !pairsOf(said.moments).every((pair) => pairs.has(pair));
}

/** Nothing but this may stand between a day and the time of day that belongs to it. */
const CLOSE = 6;

/** A right day with the time of another is a wrong time. */
const pairsOf = (moments: readonly Moment[]): string[] =>
  moments.flatMap((moment, index) => {
    const next = moments[index + 1];
    return moment.day && next?.clock && next.at - moment.end <= CLOSE ? [`${moment.day} ${next.clock}`] : [];
  });
