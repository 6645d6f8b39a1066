/** An AWS service's error response: a code, a message and the further members of its shape. */
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

/** The error for a required member that is missing or violates its constraint. */
export const invalid = (message: string): ServiceError => new ServiceError('ValidationException', message);

/** Hides a fault of the emulator from the client and logs it. */
export function toServiceError(error: unknown, service: string, log: (line: string) => void): ServiceError {
  if (error instanceof ServiceError) return error;
  log(`${service}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  return new ServiceError('InternalFailure', 'An internal error occurred.', 500);
}
