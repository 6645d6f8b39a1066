/** Two clocks in milliseconds: the emulators' own, and one that no test stops. */
export interface Clocks {
  now(): number;
  real(): number;
}

/**
 * So many calls a second for each account, from a full bucket of one second. A second has gone by when either clock
 * says so: where the product lives twenty times as fast it may call twenty times as often, and where a test's clock
 * stands still it may call at all.
 */
export function openThrottle({ now, real }: Clocks, perSecond: () => number) {
  const buckets = new Map<string, { calls: number; now: number; real: number }>();

  return {
    /** Whether this call is one too many. */
    isTooMany(account: string): boolean {
      const rate = perSecond();
      if (rate === Number.POSITIVE_INFINITY) return false;
      const seen = { now: now(), real: real() };
      const bucket = buckets.get(account) ?? { calls: rate, ...seen };
      const seconds = Math.max(seen.now - bucket.now, seen.real - bucket.real, 0) / 1000;
      const calls = Math.min(rate, bucket.calls + seconds * rate);
      buckets.set(account, { ...seen, calls: calls < 1 ? calls : calls - 1 });
      return calls < 1;
    },
  };
}

const HOUR = 3_600_000;

/** So many of something within any hour, for each account. */
export function openHourly(now: () => number, perHour: () => number) {
  const uses = new Map<string, number[]>();
  const recent = (account: string) => (uses.get(account) ?? []).filter((at) => at > now() - HOUR);

  return {
    isFull: (account: string): boolean => recent(account).length >= perHour(),
    use: (account: string) => void uses.set(account, [...recent(account), now()]),
  };
}

export type Hourly = ReturnType<typeof openHourly>;
