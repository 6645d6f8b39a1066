import type { Callback, CallbackReply, CallbackRequest, ChatMessage, Secrets } from '../chat-app';
import { type Event, type Nothing, readMessage, shown } from './message';
import { type Opened, openCallback } from './open-callback';
import { readPress } from './press';

const ACCEPTED: CallbackReply = { status: 200, body: {} };
const TOAST: CallbackReply = {
  status: 200,
  body: {
    toast: { type: 'info', content: '收到 / received', i18n: { zh_cn: '收到', en_us: 'Received' } },
  },
};

interface Kind {
  read(event: Event): ChatMessage | Nothing;
  reply: CallbackReply;
}

const KINDS: Readonly<Record<string, Kind>> = {
  'im.message.receive_v1': { read: readMessage, reply: ACCEPTED },
  'card.action.trigger': { read: readPress, reply: TOAST },
};

/** Verifies a callback with these secrets, and reads it. Throws ForgedRequest, and nothing else. */
export function receive(request: CallbackRequest, secrets: Secrets, now: number): Callback {
  const opened = openCallback(request, secrets, now);
  if (opened.kind === 'handshake') {
    return { kind: 'handshake', reply: { status: 200, body: { challenge: opened.challenge } } };
  }
  return readEvent(opened);
}

function readEvent(event: Extract<Opened, { kind: 'event' }>): Callback {
  const kind = Object.hasOwn(KINDS, event.type) ? KINDS[event.type] : undefined;
  if (!kind) return { kind: 'ignored', reply: ACCEPTED, reason: `an event of the type ${shown(event.type)}` };
  return callback(kind.read(event), kind.reply);
}

function callback(read: ChatMessage | Nothing, reply: CallbackReply): Callback {
  if ('reason' in read) return { kind: 'ignored', reply: ACCEPTED, reason: read.reason };
  return { kind: 'message', reply, message: read };
}
