import { Logger } from '@aws-lambda-powertools/logger';

/** Structured log lines: an event name (`noun.verb_in_past`) and a few facts. Never a URL, a token, a secret or what people wrote. */
export interface Log {
  info(event: string, facts?: Record<string, unknown>): void;
  warn(event: string, facts?: Record<string, unknown>): void;
  error(event: string, facts?: Record<string, unknown>): void;
}

/** @param serviceName the field `service` of every line */
export function createLog(serviceName: string): Log {
  const logger = new Logger({ serviceName });
  return {
    info: (event, facts) => logger.info(event, { ...facts }),
    warn: (event, facts) => logger.warn(event, { ...facts }),
    error: (event, facts) => logger.error(event, { ...facts }),
  };
}

/** An error as one line of text, whatever was thrown. */
export function describeError(thrown: unknown): string {
  try {
    return String(thrown);
  } catch {
    return 'a value that cannot be printed was thrown';
  }
}
