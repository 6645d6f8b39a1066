import { timingSafeEqual } from 'node:crypto';
import { type Callback, type CallbackReply, type CallbackRequest, ForgedRequestError } from '../chat-app';
import { type JsonRecord, parseJsonBytes, textAt, valueAt } from '../json';
import { missingSecrets, type Robot } from './api';
import { parseContent, senderOf, toMessage } from './receive-message';
import { sign } from './webhook';

/**
 * In milliseconds, either way. The document ("receive-message") has an hour; but the signature does not cover the body, so a
 * pair of headers that leaks is good for any body until then. Clocks of cloud machines do not differ by minutes.
 */
const SIGNATURE_WINDOW_MS = 300_000;
const BASE64_OF_32_BYTES = /^[A-Za-z0-9+/]{43}=$/;
/** Real ids have about 50 characters; longer ones would exceed the keys of a store. */
const MAX_ID_LENGTH = 256;
const ID_FIELDS = ['msgId', 'conversationId', 'senderId', 'senderStaffId'];
/** An empty reply ("robot-message-type"): the bot answers with a message when the work is done. */
const EMPTY_REPLY: CallbackReply = { status: 200, body: { msgtype: 'empty' } };
const QUOTA_EXCEEDED =
  "DingTalk's quota of robot messages is used up, and the text withheld; an administrator can buy more of it";

/**
 * Verifies and reads a callback of an enterprise-internal robot in HTTP mode ("receive-message"). Throws ForgedRequestError.
 *
 * The signature covers the time only. So the body must also name our robot and our organisation, and a captured request
 * can be replayed within the window: duplicates of a msgId are dropped later.
 */
export function receive(request: CallbackRequest, robot: Robot, now: number): Callback {
  const missing = missingSecrets(robot);
  if (missing.length) throw new ForgedRequestError(`no callback is accepted without ${missing.join(', ')}`);
  if (request.method.toUpperCase() !== 'POST') throw new ForgedRequestError('it is not a POST');
  verifySignature(request, robot.appSecret, now);
  const body = parseJsonBytes(request.body);
  if (!body) throw new ForgedRequestError('the body is not a JSON object');
  verifyRecipient(body, robot);
  const reason = reasonToIgnore(body, robot);
  if (reason) return { kind: 'ignored', reply: EMPTY_REPLY, reason };
  verifyIds(body);
  const content = parseContent(body);
  if (!content) return { kind: 'ignored', reply: EMPTY_REPLY, reason: `a message of an unknown kind: ${kindOf(body)}` };
  return { kind: 'message', reply: EMPTY_REPLY, message: toMessage(body, content, now) };
}

/**
 * Proves that the headers come from DingTalk, just now: `sign` is the base64 of HMAC-SHA256 over `timestamp\nappSecret`,
 * keyed with appSecret ("receive-message"). Throws ForgedRequestError. It proves nothing about the body: see `receive`.
 */
function verifySignature({ headers }: CallbackRequest, appSecret: string, now: number): void {
  const { timestamp = '', sign: signature = '' } = headers;
  if (!timestamp || !signature) throw new ForgedRequestError('it is not signed');
  // Two headers of one name arrive here as one, joined by a comma; another program may have checked the other one.
  if (`${timestamp}${signature}`.includes(',')) throw new ForgedRequestError('timestamp or sign came twice');
  if (!/^\d{13}$/.test(timestamp)) throw new ForgedRequestError('the timestamp is not one in milliseconds');
  if (Math.abs(now - Number(timestamp)) > SIGNATURE_WINDOW_MS)
    throw new ForgedRequestError('the timestamp is over five minutes off');
  const expected = Buffer.from(sign(appSecret, Number(timestamp)));
  const isValid = BASE64_OF_32_BYTES.test(signature) && timingSafeEqual(Buffer.from(signature), expected);
  if (!isValid) throw new ForgedRequestError('the signature is not one of our appSecret');
}

/** A custom robot's callbacks have no robotCode: otherwise the owner of such a robot in any group could imitate ours. */
function verifyRecipient(body: JsonRecord, { robotCode, corpId }: Robot): void {
  const code = textAt(body, 'robotCode');
  if (!code) throw new ForgedRequestError('it names no robot; custom robots of a group are not supported');
  if (code !== robotCode) throw new ForgedRequestError('it is for another robot');
  if (textAt(body, 'chatbotCorpId') !== corpId)
    throw new ForgedRequestError('it is for a robot of another organisation');
}

/** Why there is no request of a person in it; undefined when there is one. */
function reasonToIgnore(body: JsonRecord, { corpId }: Robot): string | undefined {
  if (['20001', 20001].some((code) => code === valueAt(body, 'errorCode'))) return QUOTA_EXCEEDED;
  // For guests of a group, and for robots elsewhere, DingTalk sets another corpId or none.
  if (textAt(body, 'senderCorpId') !== corpId) return 'from a person of another organisation';
  const bot = textAt(body, 'chatbotUserId');
  return bot && textAt(body, 'senderId') === bot ? 'from the bot itself' : undefined;
}

function verifyIds(body: JsonRecord): void {
  if (!textAt(body, 'msgId')) throw new ForgedRequestError('it has no msgId');
  if (!textAt(body, 'conversationId')) throw new ForgedRequestError('it has no conversationId');
  if (!['1', '2'].includes(textAt(body, 'conversationType')))
    throw new ForgedRequestError('it is of no known conversationType');
  if (!senderOf(body)) throw new ForgedRequestError('it has no sender');
  const tooLong = ID_FIELDS.find((name) => textAt(body, name).length > MAX_ID_LENGTH);
  if (tooLong) throw new ForgedRequestError(`its ${tooLong} is too long to be one`);
}

/** Safe for a log, whatever the request contains. */
function kindOf(body: JsonRecord): string {
  const kind = textAt(body, 'msgtype');
  return /^\w{1,40}$/.test(kind) ? kind : 'none';
}
