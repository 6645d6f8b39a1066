import type { Moment } from './moments';
import { timesIn } from './times';

/** What stands before a date by which something has to be done, or from which on something is otherwise. */
const BEFORE =
  /\b(?:by|before|until|till|prior to|no later than|deadline|expires?|effective|ends?|retired?|support|starting|beginning|after|scheduled)\b[^.]{0,24}$/i;
const BEHIND = /^[^。，,.]{0,10}(?:之前|前|以前|截止|为止|起|开始)/;
/** Letters around a date that are looked at. */
const NEAR = 48;

/**
 * The first date in a text by which somebody has to act, as the text writes it, with the time of day that belongs to it; undefined
 * where there is none. One without a year is of the year in which it is nearest.
 * @param after ISO 8601 or RFC 1123: what is over by then is no deadline; unless it is a time, only dates with a year count
 */
export function dueIn(text: string, after: string): string | undefined {
  const plain = text.normalize('NFKC');
  const { moments } = timesIn(plain);
  const now = Date.parse(after);
  const isTimeless = Number.isNaN(now);
  const dates = moments.filter((moment) => (moment.year || (moment.day && !isTimeless)) && isDue(plain, moment));
  const ahead = dates
    .map((moment) => ({ ...moment, due: dateOf(moment, now) }))
    .filter(({ due }) => isTimeless || due > now);
  const [first] = ahead.sort((one, other) => one.due - other.due);
  if (!first) return undefined;
  const clock = moments.find(({ clock, at }) => clock && at >= first.end && at - first.end <= 4);
  return plain.slice(first.at, clock?.end ?? first.end);
}

const isDue = (text: string, { at, end }: Moment): boolean =>
  BEFORE.test(text.slice(Math.max(0, at - NEAR), at)) || BEHIND.test(text.slice(end, end + NEAR));

/** The end of that day, in ms since 1970. */
function dateOf({ year, day = '' }: Moment, now: number): number {
  const [month = 1, date = 1] = day.split('-').map(Number);
  const endIn = (named: number): number => Date.UTC(named, month - 1, date, 23, 59, 59);
  if (year) return endIn(Number(year));
  const current = new Date(now).getUTCFullYear();
  const distance = (named: number): number => Math.abs(endIn(named) - now);
  return endIn(
    [current - 1, current, current + 1].reduce((one, other) => (distance(other) < distance(one) ? other : one)),
  );
}
