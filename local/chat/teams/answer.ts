import { firstRejection, isJson, type WebhookRequest, type WebhookResponse } from '../platform';
import { waitMs } from '../rate-limit';
import { objectionTo } from './envelope';

/** Microsoft's connector page; that it holds for Workflows too is what senders report. */
const PACE = { count: 4, windowMs: 1000 };

function refuse(status: number, code: string, message: string): WebhookResponse {
  return { status, body: { error: { code, message } }, outcome: 'refused' };
}

const CHECKS = [checkDoor, checkPace, checkMessage];

/** What a Workflows url answers: 202 and nothing else, which means accepted and not yet posted. */
export function respond(call: WebhookRequest): WebhookResponse {
  return firstRejection(CHECKS, call) ?? { status: 202, body: '', outcome: 'shown' };
}

/** The first answer is in many reports; the others are the Logic Apps engine's, from memory. */
function checkDoor({ method, url, room, headers, payload }: WebhookRequest): WebhookResponse | undefined {
  if (!url.searchParams.get('sig'))
    return refuse(401, 'DirectApiAuthorizationRequired', 'The OAuth authorization scheme is required.');
  if (!url.searchParams.get('api-version'))
    return refuse(400, 'MissingApiVersionParameter', 'The api-version query parameter is required for all requests.');
  if (!room) return refuse(401, 'AuthorizationFailed', 'The authentication credentials are not valid.');
  if (method !== 'POST') return refuse(405, 'MethodNotAllowed', 'The trigger only accepts POST.');
  if (!isJson(headers))
    return refuse(400, 'TriggerInputSchemaMismatch', "The input body for trigger 'manual' must be of type JSON.");
  return payload ? undefined : refuse(400, 'InvalidRequestContent', 'The request content could not be deserialized.');
}

function checkPace({ state, at }: WebhookRequest): WebhookResponse | undefined {
  return waitMs(state, at, [PACE]) === 0
    ? undefined
    : refuse(429, 'TooManyRequests', 'Rate limit is exceeded. Try again later.');
}

/** The flow has said 202 before it looks: what is wrong with the card is in its run history only. */
function checkMessage({ payload }: WebhookRequest): WebhookResponse | undefined {
  const reason = objectionTo(payload);
  return reason ? { status: 202, body: '', outcome: 'refused', reason } : undefined;
}
