/** An error that an AWS service answers with: a code, a sentence, and whatever members its shape has besides. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';

  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

/** What AWS says when a required member is missing or out of its constraint. */
export const invalid = (message: string): ServiceError => new ServiceError('ValidationException', message);

/** What a fault of our own becomes: nothing of it is told to the client, all of it to the log. */
export function asServiceError(error: unknown, service: string, log: (line: string) => void): ServiceError {
  if (error instanceof ServiceError) return error;
  log(`${service}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new ServiceError('InternalFailure', 'An internal error occurred.', 500);
}
