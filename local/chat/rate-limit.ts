export interface RateLimit {
  /** So many requests are allowed ... */
  readonly count: number;
  /** ... in any window of so many milliseconds. */
  readonly windowMs: number;
}

/** The requests that were allowed so far. */
export interface RequestLog {
  readonly limits: 'real' | 'off';
  /** In milliseconds since 1970, oldest first. */
  readonly requestTimes: number[];
}

/** Allows and records a request, or returns the milliseconds until the next one is allowed. */
export function waitMs({ limits, requestTimes }: RequestLog, now: number, rateLimits: readonly RateLimit[]): number {
  if (limits === 'off') return 0;
  const waits = rateLimits.map(({ count, windowMs }) => {
    const oldest = requestTimes.at(-count);
    return oldest === undefined ? 0 : Math.max(0, oldest + windowMs - now);
  });
  const wait = Math.max(...waits);
  if (wait === 0) requestTimes.push(now);
  return wait;
}

/** The same for many keys, each with its own requests. */
export function createRateLimiter(): (key: string, now: number, ...limits: RateLimit[]) => number {
  const logs = new Map<string, RequestLog>();
  return (key, now, ...limits) => {
    const log = logs.get(key) ?? { limits: 'real', requestTimes: [] };
    logs.set(key, log);
    return waitMs(log, now, limits);
  };
}
