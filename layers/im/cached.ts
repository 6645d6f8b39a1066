/**
 * Caches what was read for `maxAgeMs`. It is read again when it is older, or when the caller asks for it fresh; when that
 * fails, the previous value still holds, if there is one.
 */
export function cached<Value>(read: () => Promise<Value>, maxAgeMs: number, now: () => number) {
  let kept: { value: Promise<Value>; until: number } | undefined;
  return (fresh = false): Promise<Value> => {
    if (kept && !fresh && now() < kept.until) return kept.value;
    const previous = kept?.value;
    const value = read().catch((error) => {
      if (previous) return previous;
      kept = undefined;
      throw error;
    });
    kept = { value, until: now() + maxAgeMs };
    return value;
  };
}

/** A value that its issuer lets one use for so many seconds, such as an access token. */
export interface Expiring<T> {
  value: T;
  expiresInSeconds: number;
}

/** The platforms advise to renew a token this long before its end, so that it does not expire on the way. */
const RENEW_BEFORE_SECONDS = 300;

/** Fetches a value when it is first needed, and again shortly before it expires; never twice at a time. A failure is not cached. */
export function cachedUntilExpiry<T>(fetch: () => Promise<Expiring<T>>, now: () => number): () => Promise<T> {
  let current: Promise<Expiring<T>> | undefined;
  let renewAt = Number.POSITIVE_INFINITY;
  return async () => {
    if (now() >= renewAt) current = undefined;
    if (!current) {
      renewAt = Number.POSITIVE_INFINITY;
      current = fetch();
      current.then(
        ({ expiresInSeconds }) => {
          renewAt = now() + Math.max(0, expiresInSeconds - RENEW_BEFORE_SECONDS) * 1000;
        },
        () => {
          current = undefined;
        },
      );
    }
    return (await current).value;
  };
}
