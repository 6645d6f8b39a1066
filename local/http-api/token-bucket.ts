/** A route's limit, from `RouteSettings`. */
export interface Throttle {
  /** Maximum number of requests at once. */
  readonly burst: number;
  /** Requests per second. */
  readonly rate: number;
}

/**
 * A token bucket of `burst` tokens, refilled by `rate` per second, which is API Gateway's algorithm (Developer Guide, "Throttle
 * requests to your HTTP APIs for better throughput in API Gateway").
 * @param now in milliseconds
 * @returns takes a token; false when there is none
 */
export function createTokenBucket({ burst, rate }: Throttle, now: () => number): () => boolean {
  let tokens = burst;
  let updatedAt = now();
  return () => {
    const time = now();
    tokens = Math.min(burst, tokens + ((time - updatedAt) / 1000) * rate);
    updatedAt = time;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
