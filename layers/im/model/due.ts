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
 * where there is none. Only dates with a year, because others cannot be compared.
 * @param after ISO 8601 or RFC 1123: what is over by then is no deadline
 */
export function dueIn(text: string, after: string): string | undefined {
  const plain = text.normalize('NFKC');
  const { moments } = timesIn(plain);
  const dates = moments.filter((moment) => moment.year && isDue(plain, moment));
  const now = Date.parse(after);
  const ahead = dates.filter((date) => Number.isNaN(now) || dateOf(date) > now);
  const [first] = ahead.sort((one, other) => dateOf(one) - dateOf(other));
  if (!first) return undefined;
  const clock = moments.find(({ clock, at }) => clock && at >= first.end && at - first.end <= 4);
  return plain.slice(first.at, clock?.end ?? first.end);
}

const isDue = (text: string, { at, end }: Moment): boolean =>
  BEFORE.test(text.slice(Math.max(0, at - NEAR), at)) || BEHIND.test(text.slice(end, end + NEAR));

/** The end of that day. */
const dateOf = ({ year, day = '' }: Moment): number => Date.parse(`${year}-${day.replace(/\b\d\b/g, '0$&')}T23:59:59Z`);
