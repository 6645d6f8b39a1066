/** What a route may be asked, of AWS's `RouteSettings`. */
export interface Throttle {
  /** Requests at once. */
  readonly burst: number;
  /** Requests a second in the long run. */
  readonly rate: number;
}

/**
 * A bucket of `burst` tokens that fills up by `rate` a second: API Gateway throttles by that algorithm (Developer Guide,
 * "Throttle requests to your HTTP APIs for better throughput in API Gateway").
 * @param now in milliseconds
 * @returns takes a token; false when there is none
 */
export function createTokenBucket({ burst, rate }: Throttle, now: () => number): () => boolean {
  let tokens = burst;
  let seen = now();
  return () => {
    const time = now();
    tokens = Math.min(burst, tokens + ((time - seen) / 1000) * rate);
    seen = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
