import { cachedUntilExpiry, type Expiring } from './cached';

/**
 * Runs `use` with an access token; when the platform rejects that, once more with a new one.
 * @param canRepeat `false` where `use` cannot run twice: then the next call gets the new token.
 */
export type WithToken = <Result>(use: (token: string) => Promise<Result>, canRepeat?: boolean) => Promise<Result>;

interface TokenSource {
  fetch(): Promise<Expiring<string>>;
  /** Whether the error means that a new token may help: one can end early, for example when its secret is reset. */
  isStale(error: unknown): boolean;
  now(): number;
}

/** Fetches a token when it is first needed, and again when it expires or is rejected. */
export function createWithToken({ fetch, isStale, now }: TokenSource): WithToken {
  const cachedToken = () => cachedUntilExpiry(fetch, now);
  let token = cachedToken();
  return async (use, canRepeat = true) => {
    const used = await token();
    try {
      return await use(used);
    } catch (error) {
      if (!isStale(error)) throw error;
      token = cachedToken();
      if (!canRepeat) throw error;
      return use(await token());
    }
  };
}
