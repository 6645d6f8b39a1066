const NUMBERS = /(?<![\w.])\d[\d,]*(?:\.\d+)?(?!\w)/g;

/** @param number `1,000.5` */
export const toNumber = (number: string): number => Number(number.replace(/,/g, ''));
export const numbersIn = (text: string): Set<number> => new Set((text.match(NUMBERS) ?? []).map(toNumber));

const SCALES: Readonly<Record<string, number>> = {
  ...{ k: 1_000, thousand: 1_000, million: 1_000_000 },
  ...{ 千: 1_000, 万: 10_000, 亿: 100_000_000 },
};
const SCALED = /(?<![\w.:/-])(\d[\d,]{0,12}(?:\.\d{1,6})?) ?(k|thousand|million|千|万|亿)(?![A-Za-z])/gi;
/** A number as people round it: two digits at least, as a share, or said to be about right. */
const SHARE = /(?<![\w.:/-])(\d[\d,]{1,12}|\d[\d,]{0,12}\.\d{1,6})(?=%)/g;
const ABOUT =
  /(?<=(?:约|大概|近|about|around|roughly|approximately|nearly|almost|≈|~)[^。\n]{0,20})(?<![\w.:/-])(\d[\d,]{1,12}|\d[\d,]{0,12}\.\d{1,6})(?![\w%]|\.\d)/gi;

/** The text with the numbers of the other where it rounds them: `4.8 万` of 48,211, `97.3%` of 97.33, `about 118` of 118.2. */
export function unrounded(said: string, known: string): string {
  const numbers = numbersIn(known);
  const exact = (whole: string, number: string): string => meantBy(number, 1, numbers) ?? whole;
  const about = (whole: string, number: string): string =>
    meantBy(number, 1, numbers) ?? meantBy(...inTens(number), numbers) ?? whole;
  return said
    .replace(SCALED, (_, number: string, scale: string) => {
      const size = SCALES[scale.toLowerCase()] ?? 1;
      return meantBy(number, size, numbers) ?? String(toNumber(number) * size);
    })
    .replace(SHARE, exact)
    .replace(ABOUT, about);
}

/** `48,000` is 48 thousands: about as much as its zeros say; two other digits are the fewest. */
function inTens(number: string): [digits: string, size: number] {
  const [, digits = number, zeros = ''] = /^(\d{2,}?)(0+)$/.exec(number.replace(/,/g, '')) ?? [];
  return [digits, 10 ** zeros.length];
}

/** The known number that is written so when it is rounded, or cut; undefined where there is none. @param size what one of it is worth */
function meantBy(number: string, size: number, known: ReadonlySet<number>): string | undefined {
  const value = toNumber(number) * size;
  if (known.has(value)) return size === 1 ? number : String(value);
  const step = size / 10 ** (number.split('.')[1] ?? '').length;
  const isOf = (one: number): boolean =>
    [Math.round, Math.trunc].some((cut) => Math.abs(cut(one / step) * step - value) < step / 1_000);
  const meant = [...known].find(isOf);
  return meant === undefined ? undefined : String(meant);
}
