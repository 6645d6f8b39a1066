/** Feishu's timestamps as ms since 1970; NaN where it is none. Messages have milliseconds, card callbacks microseconds. */
export function timeOf(text: string): number {
  if (/^\d{16}$/.test(text)) return Math.floor(Number(text) / 1000);
  return /^\d{13}$/.test(text) ? Number(text) : Number.NaN;
}
