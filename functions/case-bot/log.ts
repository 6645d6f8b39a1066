import { Logger } from '@aws-lambda-powertools/logger';

/** Structured lines: what happened, and the few facts needed to follow it up. Never a url, a token, a secret or what people wrote. */
export interface Log {
  info(what: string, facts?: Record<string, unknown>): void;
  warn(what: string, facts?: Record<string, unknown>): void;
  error(what: string, facts?: Record<string, unknown>): void;
}

const logger = new Logger({ serviceName: 'case-bot' });

export const log: Log = {
  info: (what, facts) => logger.info(what, { ...facts }),
  warn: (what, facts) => logger.warn(what, { ...facts }),
  error: (what, facts) => logger.error(what, { ...facts }),
};
