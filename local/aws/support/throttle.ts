/** Two clocks in milliseconds: the emulators' clock, and one that no test stops. */
export interface Clocks {
  now(): number;
  realNow(): number;
}

/**
 * A token bucket of calls per second for each account. A second has passed when either clock says so: a product whose clock
 * runs faster may call more often, and a test whose clock stands still may call at all.
 */
export function createThrottle({ now, realNow }: Clocks, callsPerSecond: () => number) {
  const buckets = new Map<string, { tokens: number; now: number; real: number }>();

  return {
    isThrottled(account: string): boolean {
      const rate = callsPerSecond();
      if (rate === Number.POSITIVE_INFINITY) return false;
      const time = { now: now(), real: realNow() };
      const bucket = buckets.get(account) ?? { tokens: rate, ...time };
      const seconds = Math.max(time.now - bucket.now, time.real - bucket.real, 0) / 1000;
      const tokens = Math.min(rate, bucket.tokens + seconds * rate);
      buckets.set(account, { ...time, tokens: tokens < 1 ? tokens : tokens - 1 });
      return tokens < 1;
    },
  };
}

const HOUR_MS = 3_600_000;

/** A quota within any hour for each account. */
export function createHourlyQuota(now: () => number, perHour: () => number) {
  const uses = new Map<string, number[]>();
  const recent = (account: string) => (uses.get(account) ?? []).filter((at) => at > now() - HOUR_MS);

  return {
    isExhausted: (account: string): boolean => recent(account).length >= perHour(),
    use: (account: string) => void uses.set(account, [...recent(account), now()]),
  };
}

export type HourlyQuota = ReturnType<typeof createHourlyQuota>;
