import { blanked } from './moments';
import { numbersIn, toNumber } from './rounding';

/** How long something takes, or from how long to how long. */
interface Duration {
  /** In ms; the same for the same time, however it is written. */
  lengths: readonly number[];
  /** As they are written. */
  numbers: readonly string[];
  at: number;
  end: number;
}

/** In ms. A working day is no 24 hours, and told from them by its last ms. */
const UNITS: readonly (readonly [unit: string, length: number])[] = [
  ['ms|milliseconds?|毫秒', 1],
  ['s|secs?|seconds?|秒钟?', 1_000],
  ['m|mins?|minutes?|分钟', 60_000],
  ['h|hrs?|hours?|个?小时|个?钟头', 3_600_000],
  ['d|days?|天', 86_400_000],
  ['(?:business|working) days?|个?工作日', 86_400_001],
  ['w|weeks?|周|个?星期', 604_800_000],
  ['months?|个月', 2_592_000_000],
  ['years?|年', 31_536_000_000],
];
const lengthOf = UNITS.map(([unit, length]) => [new RegExp(`^(?:${unit})$`), length] as const);
const NUMBER = '\\d[\\d,]{0,12}(?:\\.\\d{1,6})?';
const DURATION = new RegExp(
  `(?<![\\w.:/-])(?:(${NUMBER}) ?(?:-|–|~|to|or|and|至|到|或) ?)?(${NUMBER})[ -]?(${UNITS.map(([unit]) => unit).join('|')})(?![A-Za-z0-9])`,
  'g',
);

/** `an hour`, `半小时`, `两天`: not one of those that come again. */
const SINGLE = [
  /(?<!\b(?:once|twice|times|per|each|every) )\b(half an|an?|one|two)(?= (?:minute|hour|day|week|month|year)s?\b)/gi,
  /(?<![每这那上下同第某近前后过\d二三四五六七八九十])([一半两])(?=个?(?:小时|星期|月)|分钟|天|周|年)/g,
];
const HALF_OR_TWO: readonly (readonly [words: RegExp, number: string])[] = [
  [/half|半/i, '0.5'],
  [/two|两/i, '2'],
];
const inDigits = (text: string): string => SINGLE.reduce((left, single) => left.replace(single, numberOf), text);
const numberOf = (words: string): string => HALF_OR_TWO.find(([pattern]) => pattern.test(words))?.[1] ?? '1';

/** @param text as `inDigits` leaves it */
function durationsIn(text: string): Duration[] {
  const plain = [...text.matchAll(DURATION)]
    .filter(isLength)
    .map(({ index, 0: whole, 1: from, 2: number = '', 3: unit = '' }) => {
      const [, length = 0] = lengthOf.find(([pattern]) => pattern.test(unit)) ?? [];
      const numbers = [from, number].filter((one) => one !== undefined);
      const lengths = numbers.map((one) => Math.round(toNumber(one) * length));
      return { lengths, numbers, at: index, end: index + whole.length };
    });
  return plain.flatMap((one, index) => {
    const next = plain[index + 1];
    return next && isGoneOn(one, next, text) ? [joined(one, next), one] : [one];
  });
}

/** `2026 年` is a year. */
const isLength = ([, , number = '', unit]: RegExpExecArray): boolean => unit !== '年' || number.length < 4;

/** `3 h 12 min` is one duration. */
const isGoneOn = (one: Duration, next: Duration, text: string): boolean =>
  (next.lengths[0] ?? 0) < (one.lengths[0] ?? 0) &&
  /^(?:[ ,又零]|and){0,5}$/.test(text.slice(one.end, Math.min(next.at, one.end + 16)));

const joined = (one: Duration, next: Duration): Duration => ({
  lengths: [(one.lengths[0] ?? 0) + (next.lengths[0] ?? 0)],
  numbers: [...one.numbers, ...next.numbers],
  at: one.at,
  end: next.end,
});

/**
 * The text without the durations that the other has, however they are written; undefined where it has one that the other has not. A number
 * that has no unit in the other may be given one: a latency of 4.2 is one of 4.2 seconds.
 * @param said,known texts without their times
 * @param spans what lies between two times of the other, in minutes
 */
export function withoutDurations(said: string, known: string, spans: readonly number[]): string | undefined {
  const [ours, theirs] = [inDigits(said), inDigits(known)];
  const durations = durationsIn(theirs);
  const near = spans.flatMap((minutes) => [minutes - 1, minutes, minutes + 1]).map((minutes) => minutes * 60_000);
  const lengths = new Set([...durations.flatMap((one) => one.lengths), ...near]);
  const unitless = numbersIn(blanked(theirs, durations));
  const all = durationsIn(ours);
  const same = all.filter((one) => one.lengths.every((length) => lengths.has(length)));
  const isInSame = ({ at, end }: Duration) => same.some((one) => one.at <= at && one.end >= end);
  const isUnitless = ({ numbers }: Duration) =>
    numbers.map(toNumber).every((number) => number > 2 && unitless.has(number));
  return all.every((one) => isInSame(one) || isUnitless(one)) ? blanked(ours, same) : undefined;
}
