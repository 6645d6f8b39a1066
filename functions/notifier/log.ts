/** Structured lines: what happened, and the few facts needed to follow it up. Never a url, a token or a secret. */
export interface Log {
  info(what: string, facts?: Record<string, unknown>): void;
  warn(what: string, facts?: Record<string, unknown>): void;
  error(what: string, facts?: Record<string, unknown>): void;
}

/** Lambda's JSON log format turns an object given to `console` into a structured line of that level. */
export const log: Log = {
  info: (what, facts) => console.info({ event: what, ...facts }),
  warn: (what, facts) => console.warn({ event: what, ...facts }),
  error: (what, facts) => console.error({ event: what, ...facts }),
};

/** What went wrong, in one line; whatever was thrown. */
export function reasonOf(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'something that cannot be printed was thrown';
  }
}
