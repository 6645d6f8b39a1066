import { createHash } from 'node:crypto';
import {
  type Callback,
  type CallbackReply,
  type CallbackRequest,
  type ChatApp,
  type ChatMessage,
  ForgedRequestError,
} from '@casebell/im/bots';
import type { Log } from '../../shared/log';

/** What the worker finds in the queue. */
export interface QueuedMessage {
  bot: string;
  message: ChatMessage;
}

/** Puts it into the queue. `group`: in order within it; `once`: not twice. */
export type Enqueue = (letter: { body: string; group: string; idempotencyKey: string }) => Promise<void>;

export interface CallbackDeps {
  /** The bot's app, as far as there is such a bot. @param name `platform/name` */
  findApp(name: string): Promise<ChatApp | undefined>;
  /** The same with secrets that are read again, for whom those that are known turn away; undefined where there is nothing newer. */
  refreshApp(name: string): Promise<ChatApp | undefined>;
  enqueue: Enqueue;
  log: Log;
}

/** In bytes: no platform's callback is nearly as long. */
const MOST_BYTES = 256 * 1024;

/** To whoever knocks without being known: nothing that helps. */
const UNKNOWN: CallbackReply = { status: 401 };

/** THE DOOR: verified, put into the queue, answered; whatever else there is to do, the worker does. */
export async function handleCallback(
  request: CallbackRequest,
  name: string,
  door: CallbackDeps,
): Promise<CallbackReply> {
  if (request.body.length > MOST_BYTES)
    return refuse(`its body has ${request.body.length} bytes`, name, door, { status: 413 });
  const app = (await door.findApp(name)) ?? (await door.refreshApp(name));
  if (!app) return refuse('there is no such bot', name, door);
  const callback = await receive(request, name, app, door);
  if (callback instanceof ForgedRequestError) return refuse(callback.message, name, door);
  if (callback.kind === 'ignored') door.log.info('callback.ignored', { bot: name, reason: callback.reason });
  if (callback.kind === 'message') await door.enqueue(toQueueMessage({ bot: name, message: callback.message }));
  return callback.reply;
}

/** A platform signs with a new secret from the moment that it is made: who is turned away may only be ahead of us. */
async function receive(
  request: CallbackRequest,
  name: string,
  app: ChatApp,
  { refreshApp }: CallbackDeps,
): Promise<Callback | ForgedRequestError> {
  const callback = open(request, app);
  const renewed = callback instanceof ForgedRequestError ? await refreshApp(name).catch(() => undefined) : undefined;
  return renewed ? open(request, renewed) : callback;
}

function open(request: CallbackRequest, app: ChatApp): Callback | ForgedRequestError {
  try {
    return app.receive(request);
  } catch (error) {
    // Whatever a stranger's bytes have made of our code, the stranger stays outside.
    return error instanceof ForgedRequestError
      ? error
      : new ForgedRequestError(`it could not be read (${nameOf(error)})`);
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

function refuse(reason: string, bot: string, { log }: CallbackDeps, reply = UNKNOWN): CallbackReply {
  log.warn('callback.rejected', { bot: bot.slice(0, 100), reason });
  return reply;
}

/** Ids are hashed: SQS takes 128 letters and signs of ASCII, the platforms' ids have others. */
function toQueueMessage(heard: QueuedMessage): Parameters<Enqueue>[0] {
  const { bot, message } = heard;
  const group = hash(`${bot} ${message.conversation.id}`);
  return {
    body: JSON.stringify(heard).replace(UNSENDABLE, escaped),
    group,
    idempotencyKey: hash(`${bot} ${message.id}`),
  };
}

/**
 * SQS refuses what XML 1.0 has no place for ("SendMessage" of its API Reference); the rest of that JSON escapes by itself. Emoji it takes,
 * but its own error message forgets them, and so do emulators: as escapes, they pass everywhere.
 */
const UNSENDABLE = /[\uD800-\uDFFF\uFFFE\uFFFF]/g;
const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16)}`;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
