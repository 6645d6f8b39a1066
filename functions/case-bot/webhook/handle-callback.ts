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

/** The body of a message in the queue. */
export interface QueuedMessage {
  /** `platform/name`. */
  bot: string;
  message: ChatMessage;
}

/** Puts a message into the queue: in order within its group, and once per idempotency key. */
export type Enqueue = (message: { body: string; group: string; idempotencyKey: string }) => Promise<void>;

export interface CallbackDeps {
  /** @param bot `platform/name` */
  findApp(bot: string): Promise<ChatApp | undefined>;
  /** The app with secrets that are read again; undefined where they were read a moment ago. */
  refreshApp(bot: string): Promise<ChatApp | undefined>;
  enqueue: Enqueue;
  log: Log;
}

/** The callbacks of all platforms are much shorter. */
const MAX_BODY_BYTES = 256 * 1024;

/** Without a body, which could help an attacker. */
const UNAUTHORIZED: CallbackReply = { status: 401 };

/** Verifies a callback, enqueues its message, and replies at once; the worker does the rest. */
export async function handleCallback(
  request: CallbackRequest,
  bot: string,
  deps: CallbackDeps,
): Promise<CallbackReply> {
  const { findApp, refreshApp, enqueue, log } = deps;
  const { length } = request.body;
  if (length > MAX_BODY_BYTES) return reject(`its body has ${length} bytes`, bot, deps, { status: 413 });
  const app = (await findApp(bot)) ?? (await refreshApp(bot));
  if (!app) return reject('there is no such bot', bot, deps);
  const callback = await verify(request, bot, app, deps);
  if (callback instanceof ForgedRequestError) return reject(callback.message, bot, deps);
  if (callback.kind === 'ignored') log.info('callback.ignored', { bot, reason: callback.reason });
  if (callback.kind === 'message') await enqueue(toQueueMessage({ bot, message: callback.message }));
  return callback.reply;
}

/** A platform signs with a new secret as soon as it is created, so a rejected callback is verified again with secrets that are read again. */
async function verify(
  request: CallbackRequest,
  bot: string,
  app: ChatApp,
  { refreshApp }: CallbackDeps,
): Promise<Callback | ForgedRequestError> {
  const callback = receive(request, app);
  if (!(callback instanceof ForgedRequestError)) return callback;
  const refreshed = await refreshApp(bot).catch(() => undefined);
  return refreshed ? receive(request, refreshed) : callback;
}

/** Any error rejects the callback: its bytes are not trusted. */
function receive(request: CallbackRequest, app: ChatApp): Callback | ForgedRequestError {
  try {
    return app.receive(request);
  } catch (error) {
    if (error instanceof ForgedRequestError) return error;
    return new ForgedRequestError(`it could not be read (${error instanceof Error ? error.name : typeof error})`);
  }
}

function reject(reason: string, bot: string, { log }: CallbackDeps, reply = UNAUTHORIZED): CallbackReply {
  log.warn('callback.rejected', { bot: bot.slice(0, 100), reason });
  return reply;
}

/** Ids are hashed: SQS accepts 128 ASCII characters, and ids of the platforms contain others. */
function toQueueMessage(queued: QueuedMessage): Parameters<Enqueue>[0] {
  const { bot, message } = queued;
  return {
    body: JSON.stringify(queued).replace(UNSENDABLE, toEscape),
    group: hash(`${bot} ${message.conversation.id}`),
    idempotencyKey: hash(`${bot} ${message.id}`),
  };
}

/**
 * SQS rejects characters that XML 1.0 does not allow ("SendMessage", API Reference); JSON.stringify escapes the others of them. Emulators
 * reject emoji too, so surrogates are escaped.
 */
const UNSENDABLE = /[\uD800-\uDFFF\uFFFE\uFFFF]/g;
const toEscape = (character: string): string => `\\u${character.charCodeAt(0).toString(16)}`;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
