/** What differs between two callbacks: ids that occur once, and the second in which it happened. */
export interface Stamp {
  number: number;
  now: number;
}

/** Slack opens a modal for it, for three seconds; here it is only an id. */
export function triggerOf({ number, now }: Stamp): string {
  return `${now}.${number}.${'0'.repeat(24)}${number}`;
}
