import { type Callback, type CallbackReply, type CallbackRequest, ForgedRequestError } from '../chat-app';
import { fieldOf } from '../errors';
import { type Bot, missing } from './bot';
import { contentOf } from './content';
import { textAt } from './fields';
import { messageOf, senderIn } from './message';
import { verifySignature } from './signature';

/** The way to say nothing ("robot-message-type"). What there is to say follows, when the work is done. */
const SILENCE: CallbackReply = { status: 200, body: { msgtype: 'empty' } };
/** Theirs are about 50 letters; longer ones would burst the keys of a store. */
const LONGEST_ID = 256;
const IDS = ['msgId', 'conversationId', 'senderId', 'senderStaffId'];
const QUOTA =
  "DingTalk's quota of robot messages is used up, and the text withheld; an administrator can buy more of it";

/**
 * A callback of an enterprise-internal robot in HTTP mode ("receive-message"). Throws ForgedRequest.
 *
 * The signature is over the time only. So the body has to name our robot and our organisation besides, and what it says
 * may be said again within the window: who repeats a msgId is not heard twice.
 */
export function receive(request: CallbackRequest, bot: Bot, now: number): Callback {
  const lacking = missing(bot);
  if (lacking.length) throw new ForgedRequestError(`nobody can be let in without ${lacking.join(', ')}`);
  if (request.method.toUpperCase() !== 'POST') throw new ForgedRequestError('it is not a POST');
  verifySignature(request, bot.appSecret, now);
  const body = read(request.body);
  verifyAddress(body, bot);
  const reason = silentAbout(body, bot);
  if (reason) return { kind: 'ignored', reply: SILENCE, reason };
  verifyShape(body);
  const content = contentOf(body, textAt(body, 'conversationType') === '2');
  if (!content) return { kind: 'ignored', reply: SILENCE, reason: `a message of an unknown kind: ${kindOf(body)}` };
  return { kind: 'message', reply: SILENCE, message: messageOf(body, content, now) };
}

function read(bytes: Buffer): object {
  try {
    const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  } catch {
    // Said below: the error would quote the body.
  }
  throw new ForgedRequestError('the body is not a JSON object');
}

/** A custom robot's callbacks have no robotCode: whoever owns such a robot of any group could pass for ours. */
function verifyAddress(body: object, { robotCode, corpId }: Bot): void {
  const named = textAt(body, 'robotCode');
  if (!named) throw new ForgedRequestError('it names no robot; custom robots of a group are not supported');
  if (named !== robotCode) throw new ForgedRequestError('it is for another robot');
  if (textAt(body, 'chatbotCorpId') !== corpId)
    throw new ForgedRequestError('it is for a robot of another organisation');
}

/** Why this is nobody's request to us; undefined when it is somebody's. */
function silentAbout(body: object, { corpId }: Bot): string | undefined {
  if (['20001', 20001].some((code) => code === fieldOf(body, 'errorCode'))) return QUOTA;
  // Of guests in a group, and of robots elsewhere, DingTalk gives another corpId or none.
  if (textAt(body, 'senderCorpId') !== corpId) return 'said by somebody of another organisation';
  const bot = textAt(body, 'chatbotUserId');
  return bot && textAt(body, 'senderId') === bot ? 'said by the bot itself' : undefined;
}

function verifyShape(body: object): void {
  if (!textAt(body, 'msgId')) throw new ForgedRequestError('it has no msgId');
  if (!textAt(body, 'conversationId')) throw new ForgedRequestError('it has no conversationId');
  if (!['1', '2'].includes(textAt(body, 'conversationType')))
    throw new ForgedRequestError('it is of no known conversationType');
  if (!senderIn(body)) throw new ForgedRequestError('it is from nobody');
  const long = IDS.find((name) => textAt(body, name).length > LONGEST_ID);
  if (long) throw new ForgedRequestError(`its ${long} is too long to be one`);
}

/** Fit for a log, whatever it is. */
function kindOf(body: object): string {
  const kind = textAt(body, 'msgtype');
  return /^\w{1,40}$/.test(kind) ? kind : 'none';
}
