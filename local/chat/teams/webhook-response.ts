import { everyObject, type Json, objectsAt, textAt } from '../json';
import { firstRejection, isJson, type WebhookRequest, type WebhookResponse } from '../platform';
import { waitMs } from '../rate-limit';

/** Microsoft's connector page; senders report that it holds for Workflows, too. */
const RATE_LIMIT = { count: 4, windowMs: 1000 };
const CARD = 'application/vnd.microsoft.card.adaptive';
/** 28 KB, as the flow's error says. */
const MAX_BYTES = 28 * 1024;

function reject(status: number, code: string, message: string): WebhookResponse {
  return { status, body: { error: { code, message } }, outcome: 'rejected' };
}

const CHECKS = [checkRequest, checkRate, checkMessage];

/** The response of a Workflows URL: 202 without a body, which means accepted and not yet posted. */
export function respond(request: WebhookRequest): WebhookResponse {
  return firstRejection(CHECKS, request) ?? { status: 202, body: '', outcome: 'posted' };
}

/** The first response is in many reports; the others are those of the Logic Apps engine, from memory. */
function checkRequest({ method, url, room, headers, payload }: WebhookRequest): WebhookResponse | undefined {
  if (!url.searchParams.get('sig'))
    return reject(401, 'DirectApiAuthorizationRequired', 'The OAuth authorization scheme is required.');
  if (!url.searchParams.get('api-version'))
    return reject(400, 'MissingApiVersionParameter', 'The api-version query parameter is required for all requests.');
  if (!room) return reject(401, 'AuthorizationFailed', 'The authentication credentials are not valid.');
  if (method !== 'POST') return reject(405, 'MethodNotAllowed', 'The trigger only accepts POST.');
  if (!isJson(headers))
    return reject(400, 'TriggerInputSchemaMismatch', "The input body for trigger 'manual' must be of type JSON.");
  return payload ? undefined : reject(400, 'InvalidRequestContent', 'The request content could not be deserialized.');
}

function checkRate({ state, at }: WebhookRequest): WebhookResponse | undefined {
  return waitMs(state, at, [RATE_LIMIT]) === 0
    ? undefined
    : reject(429, 'TooManyRequests', 'Rate limit is exceeded. Try again later.');
}

/** The flow answers 202 before it reads the card: its errors are in its run history only. */
function checkMessage({ payload }: WebhookRequest): WebhookResponse | undefined {
  const reason = messageError(payload);
  return reason ? { status: 202, body: '', outcome: 'rejected', reason } : undefined;
}

/** Why the flow posts nothing, as its run history says; undefined if it posts. */
function messageError(payload: Json | undefined): string | undefined {
  if (payload?.type !== 'message') return "The body is no message: 'type' must be 'message'.";
  const attachments = objectsAt(payload, 'attachments');
  if (attachments.length === 0) return "The message has no 'attachments'.";
  const cardErrors = attachments.map(cardError).filter((error) => error !== undefined);
  if (cardErrors.length > 0) return cardErrors[0];
  const bytes = wrappedBytes(payload);
  return bytes > MAX_BYTES ? `Request Entity Too Large: ${bytes} bytes, at most ${MAX_BYTES}.` : undefined;
}

function cardError({ contentType, content }: Json): string | undefined {
  if (contentType !== CARD) return `An attachment's 'contentType' must be '${CARD}'.`;
  if (textAt(content, 'type') !== 'AdaptiveCard') return "An attachment's 'content' must be an 'AdaptiveCard'.";
  if (!/^1\.\d+$/.test(textAt(content, 'version'))) return "The Adaptive Card has no 'version'.";
  const parts = everyObject(content);
  if (parts.some((part) => part.type === 'TextBlock' && typeof part.text !== 'string'))
    return "A TextBlock has no 'text'.";
  const isRelative = (part: Json) => part.type === 'Action.OpenUrl' && !/^https?:\/\//.test(textAt(part, 'url'));
  return parts.some(isRelative) ? "An Action.OpenUrl has no absolute 'url'." : undefined;
}

/**
 * The flow forwards the card as text inside another message, and the limit is for that: a request of 24,453 bytes was
 * rejected as 28,897 (MicrosoftDocs/msteams-docs#11274). Escaping every quote once more comes close to it.
 */
function wrappedBytes(payload: Json): number {
  return Buffer.byteLength(JSON.stringify(JSON.stringify(payload)));
}
