import type { Moment } from './moments';
import type { Time, Times } from './times';
import { isSameZone } from './zones';

/** Whether a text names a time: its day, and its time of day unless that is midnight or not named. */
export function names({ moments }: Pick<Times, 'moments'>, { moments: wanted }: Pick<Times, 'moments'>): boolean {
  const [day] = wanted.filter((moment) => moment.day);
  const [clock] = wanted.filter((moment) => moment.clock);
  const hasDay = !day || moments.some((moment) => moment.day === day.day && isYear(moment, day));
  const hasClock = !clock || clock.clock === '00:00' || moments.some((moment) => isClock(moment, clock));
  return hasDay && hasClock;
}

const isYear = (one: Moment, other: Moment): boolean => !one.year || !other.year || one.year === other.year;

const clocksOf = ({ clock, also }: Time): string[] => [clock, also].filter((one) => one !== undefined);
const isClock = (one: Time, { clock, also }: Time): boolean =>
  (clock !== undefined && (one.clock === clock || one.also === clock)) ||
  (also !== undefined && (one.clock === also || one.also === also));

/** Whether a text names a time, a zone or a span that the other does not have. */
export function strangeTime(said: Times, known: Times): boolean {
  return (
    !said.moments.every((moment) => (moment.day ? isKnownDay(moment, known) : isKnownClock(moment, known))) ||
    !said.zones.every((zone) => known.zones.some(({ minutes }) => isSameZone(minutes, zone.minutes))) ||
    !pairsOf(said.moments).every(([day, clock]) => belongs(day, clock, known)) ||
    !said.moments.every((end, index) => !end.isEnd || isKnownSpan(said.moments[index - 1] ?? end, end, known))
  );
}

const isKnownDay = (moment: Time, { moments }: Times): boolean =>
  moments.some(({ day, year }) => day === moment.day && (!moment.year || (year ?? moment.year) === moment.year)) &&
  (!moment.year || moments.some(({ year }) => year === moment.year));

/** A right time of day in the zone of another is a wrong time. */
function isKnownClock(moment: Time, { moments }: Times): boolean {
  const { zone } = moment;
  const isSame = (known: Time): boolean => isClock(known, moment);
  if (zone === undefined) return moments.some(isSame);
  if (moments.some((known) => known.zone && isSameZone(known.zone, zone) && isSame(known))) return true;
  return moments.some(isSame) && !moments.some((known) => known.zone && isSame(known));
}

/** Nothing but this may stand between a day and the time of day that belongs to it; ` UTC on ` before it. */
const CLOSE = 6;
const CLOSE_BEFORE = 10;

const pairsOf = (moments: readonly Time[]): (readonly [day: Time, clock: Time])[] =>
  moments.flatMap((clock, index) => {
    if (!clock.clock) return [];
    const [before, behind] = [moments[index - 1], moments[index + 1]];
    if (before?.day && clock.at - before.end <= CLOSE) return [[before, clock] as const];
    const isBehind = behind?.day && behind.sentence === clock.sentence && behind.at - clock.end <= CLOSE_BEFORE;
    return isBehind ? [[behind, clock] as const] : [];
  });

/** A right day with the time of another is a wrong time. A time of day without one right beside it is of those in its sentence. */
function belongs(day: Time, clock: Time, { moments }: Times): boolean {
  const pairs = pairsOf(moments);
  return moments
    .filter((known) => known.clock && isClock(known, clock))
    .some((known) => {
      const beside = pairs.filter(([, one]) => one === known).map(([one]) => one);
      const days = beside.length ? beside : moments.filter((one) => one.day && one.sentence === known.sentence);
      return days.some((one) => one.day === day.day);
    });
}

/** A span that ends before it begins is over midnight, or the wrong way round: then the original has to have it so. */
const isKnownSpan = (start: Time, end: Time, { moments }: Times): boolean =>
  clocksOf(end).some((clock) => clock >= (start.clock ?? '')) ||
  moments.some((known, index) => {
    const next = moments.slice(index + 1).find((one) => one.clock);
    return known.clock && isClock(known, start) && next !== undefined && isClock(next, end);
  });

/** How much time lies between two times of one day that stand beside each other, in minutes. */
export function spansOf({ moments }: Times): number[] {
  const days = new Map(pairsOf(moments).map(([{ day }, clock]) => [clock, day]));
  const clocks = moments.filter(({ clock }) => clock);
  return clocks.flatMap((end, index) => {
    const start = clocks[index - 1];
    const isSpan = start && end.sentence - start.sentence <= 1 && (end.isEnd || days.get(start) === days.get(end));
    return isSpan ? [(minutesOf(end) - minutesOf(start) + 1_440) % 1_440] : [];
  });
}

const minutesOf = ({ clock = '' }: Time): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
