import { isObject, type Json } from '../../local/chat/json';
import { isForUs } from './address.fixture';
import { heardIn, type Letter, type Outcome } from './knock.fixture';
import type { Fate, Spoilt } from './mutation.fixture';
import type { Sample } from './sample.fixture';

/** Where an answer may go: nowhere but to the platform. */
const ANSWERS = /^https:\/\/(oapi\.dingtalk\.(com|io)\/robot\/sendBySession\?|hooks\.slack\.com\/)/;
/** "SendMessage" of the SQS API Reference: all that XML 1.0 allows, up to 1 MiB. */
const ALLOWED = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;
const HASH = /^[0-9a-f]{64}$/;
const SECRETS = ['appSecret', 'verificationToken', 'encryptKey', 'signingSecret', 'botToken'];

/** What is wrong with what has come of a spoilt callback; empty where all is as it must be. */
export function faultsOf(sample: Sample, fate: Fate, spoilt: Spoilt, outcome: Outcome, sound: Outcome): string[] {
  return [
    ...FATES[fate](sample, spoilt, outcome, sound),
    ...outcome.letters.flatMap(faultsIn),
    ...leaks(sample, outcome),
  ];
}

type Judge = (sample: Sample, spoilt: Spoilt, outcome: Outcome, sound: Outcome) => string[];

const FATES: Readonly<Record<Fate, Judge>> = {
  never: (_sample, _spoilt, { kind }) => (['refused', 'too large'].includes(kind) ? [] : [`it was ${kind}`]),
  same: (_sample, _spoilt, outcome, sound) => (isSame(outcome, sound) ? [] : [`it was ${outcome.kind} otherwise`]),
  'by body'(sample, spoilt, { kind }) {
    const content = spoilt.content ?? contentOf(spoilt);
    const isHeard = kind === 'heard';
    if (isHeard && !(content && isForUs(sample, content))) return ['it was heard, and is not for us'];
    const mustBe = sample.from === 'dingtalk' && content !== undefined && isWhole(content) && isForUs(sample, content);
    return sample.from === 'dingtalk' && mustBe !== isHeard
      ? [`it was ${kind}, and must ${mustBe ? '' : 'not '}be heard`]
      : [];
  },
};

/** What was said, where, and what the platform is told. */
export function isSame(one: Outcome, other: Outcome): boolean {
  const essence = ({ kind, reply, letters }: Outcome) => {
    const said = letters.map((letter) => [letter.group, letter.idempotencyKey, JSON.stringify(essentialsOf(letter))]);
    return JSON.stringify([kind, reply, said]);
  };
  return essence(one) === essence(other);
}

/** Times may be those at which it came. */
function essentialsOf(letter: Letter): unknown {
  const { text, fields, conversation, sender } = heardIn(letter).message;
  return [text, fields, conversation.id, conversation.replyUrl?.url, sender.id];
}

function contentOf({ request }: Spoilt): Json | undefined {
  try {
    const content: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(request?.body));
    return isObject(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

const KINDS = ['text', 'richText', 'picture', 'audio', 'video', 'file'];

const word = (value: unknown): string => (typeof value === 'string' ? value : '');

/** DingTalk's alone, whose body nobody signs: whole and from a person. */
function isWhole(body: Json): boolean {
  const texts = ['msgId', 'conversationId', 'senderId', 'senderStaffId'].map((name) => body[name]);
  const [message, conversation, ...senders] = texts.map(word);
  const isFromBot = body.chatbotUserId && body.chatbotUserId === body.senderId;
  const isShort = texts.every((text) => typeof text !== 'string' || text.length <= 256);
  const isKnown = ['1', '2'].includes(word(body.conversationType)) && KINDS.includes(word(body.msgtype));
  return Boolean(message && conversation && senders.some(Boolean) && !isFromBot && isShort && isKnown);
}

function faultsIn(letter: Letter): string[] {
  const { message } = heardIn(letter);
  const { replyUrl } = message.conversation;
  const ids = [message.id, message.conversation.id, message.sender.id];
  const found = {
    'an id is none': ids.every((id) => typeof id === 'string' && id.length > 0 && id.length <= 300),
    'its words are none': typeof message.text === 'string',
    'its time is none': Number.isFinite(message.sentAt),
    'it would be answered elsewhere':
      !replyUrl || (ANSWERS.test(new URL(replyUrl.url).href) && Number.isFinite(replyUrl.expiresAt)),
    'the queue would not take its signs': ALLOWED.test(letter.body),
    'the queue would not take its length': Buffer.byteLength(letter.body) <= 1024 * 1024,
    'the queue would not take its ids': HASH.test(letter.group) && HASH.test(letter.idempotencyKey),
  };
  return Object.entries(found).flatMap(([fault, isWell]) => (isWell ? [] : [fault]));
}

function leaks({ secrets, content }: Sample, { lines, reply }: Outcome): string[] {
  const told = `${lines.join('\n')}${JSON.stringify(reply)}`;
  const hidden = [
    ...SECRETS.flatMap((name) => secrets[name] || []),
    ...[content.sessionWebhook, content.response_url].filter((url) => typeof url === 'string'),
  ];
  const leaked = hidden.some((secret) => told.includes(secret)) ? ['a secret leaked'] : [];
  const surprised = told.includes('could not be read') ? [`something threw: ${told}`] : [];
  return [...leaked, ...surprised, ...(lines.join().length > 1000 ? ['too much was logged'] : [])];
}
