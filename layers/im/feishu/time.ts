/**
 * Feishu's timestamps as ms since 1970; NaN where it is none. Its documents show seconds with decimals (`ts` of 1.0 events),
 * milliseconds (messages) and microseconds (card callbacks).
 */
export function timeOf(text: string): number {
  const number = /^\d{10,16}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (number >= 1e15) return Math.floor(number / 1000);
  return number >= 1e12 ? number : Math.floor(number * 1000);
}
