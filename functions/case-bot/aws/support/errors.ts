import { DeliveryError } from '@casebell/im/bots';
import { SupportError, type SupportErrorKind } from '../../domain/support-client';

/** AWS's exceptions (Support API Reference, "Common errors" and each operation's own). */
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

/** An error of the SDK by what can be done about it. Its own words have ARNs and ids in them: only its name goes into the log. */
export function toSupportError(operation: string, error: unknown): SupportError {
  if (error instanceof SupportError) return error;
  const { name = 'unknown', $metadata } = Object(error) as { name?: string; $metadata?: { httpStatusCode?: number } };
  const known = KINDS[name];
  if (known) return new SupportError(known, `${operation}: ${name}`);
  const status = $metadata?.httpStatusCode ?? 0;
  const isRefusal = status >= 400 && status < 500;
  return new SupportError(isRefusal ? 'invalid' : 'unreachable', `${operation}: ${name}`, !isRefusal);
}

/** Asks, and throws what goes wrong as trouble. */
export async function callSupport<T>(operation: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    // A chat whose file ends early is no trouble of AWS's.
    throw error instanceof DeliveryError ? error : toSupportError(operation, error);
  }
}

/** In ms: AWS Support takes five calls a second, and a refused one has changed nothing. */
const PAUSES = [1_000, 2_000];

/** The same for what the SDK must not try again by itself: only where AWS has surely done nothing, because it is asked too often. */
export async function callSupportWithBackoff<T>(operation: string, ask: () => Promise<T>, tries = 0): Promise<T> {
  const pause = PAUSES[tries];
  return callSupport(operation, ask).catch(async (error) => {
    if (!(error instanceof SupportError) || error.kind !== 'throttled' || pause === undefined) throw error;
    await new Promise((resolve) => setTimeout(resolve, pause));
    return callSupportWithBackoff(operation, ask, tries + 1);
  });
}
