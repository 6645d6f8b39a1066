import { DeliveryError } from '@casebell/im/bots';
import { SupportError, type SupportErrorKind } from '../../domain/support-client';

/** By the exceptions of AWS (Support API Reference, "Common errors" and those of each operation). */
const KINDS: Readonly<Record<string, SupportErrorKind>> = {
  SubscriptionRequiredException: 'no-plan',
  AccessDeniedException: 'denied',
  AccessDenied: 'denied',
  UnauthorizedOperation: 'denied',
  UnrecognizedClientException: 'denied',
  InvalidSignatureException: 'denied',
  OptInRequired: 'denied',
  ThrottlingException: 'throttled',
  TooManyRequestsException: 'throttled',
  RequestLimitExceeded: 'throttled',
  CaseIdNotFound: 'not-found',
  CaseCreationLimitExceeded: 'too-many-cases',
  AttachmentSetSizeLimitExceeded: 'file-too-large',
  AttachmentLimitExceeded: 'file-limit',
  DescribeAttachmentLimitExceeded: 'file-limit',
  AttachmentSetExpired: 'file-expired',
  AttachmentSetIdNotFound: 'file-expired',
  AttachmentIdNotFound: 'file-expired',
  UploadIdNotFound: 'file-expired',
  ValidationException: 'invalid',
  InvalidParameterValueException: 'invalid',
};

/** Maps an error of the SDK. Its message contains ARNs and ids, so only its name goes into the log. */
export function toSupportError(operation: string, error: unknown): SupportError {
  if (error instanceof SupportError) return error;
  const { name = 'unknown', $metadata } = Object(error) as { name?: string; $metadata?: { httpStatusCode?: number } };
  const known = KINDS[name];
  if (known) return new SupportError(known, `${operation}: ${name}`);
  const status = $metadata?.httpStatusCode ?? 0;
  const isRejected = status >= 400 && status < 500;
  return new SupportError(isRejected ? 'invalid' : 'unreachable', `${operation}: ${name}`, !isRejected);
}

/** Calls AWS Support, and throws its errors as SupportError. */
export async function callSupport<T>(operation: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    // While a file is uploaded, the chat that it comes from can fail.
    throw error instanceof DeliveryError ? error : toSupportError(operation, error);
  }
}

/** AWS Support accepts five calls per second. */
const BACKOFF_MS = [1_000, 2_000];

/** For calls that the SDK must not retry: reattempt only throttled calls, which have changed nothing. */
export async function callSupportWithBackoff<T>(operation: string, call: () => Promise<T>, attempt = 0): Promise<T> {
  const delayMs = BACKOFF_MS[attempt];
  return callSupport(operation, call).catch(async (error) => {
    if (!(error instanceof SupportError) || error.kind !== 'throttled' || delayMs === undefined) throw error;
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    return callSupportWithBackoff(operation, call, attempt + 1);
  });
}
