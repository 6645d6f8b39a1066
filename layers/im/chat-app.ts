import type { Card, Link } from './card';
import type { Runtime } from './channel';

/** An HTTP request as it came in. Verification is over exactly these bytes. */
export interface CallbackRequest {
  method: string;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** An object is answered as JSON; without a body the answer is empty. */
export interface CallbackReply {
  status: number;
  body?: object | string;
}

/** Somebody of the organisation that the bot lives in, by the platform's own user id. */
export interface User {
  id: string;
  name?: string;
}

/** Where people and the bot talk. */
export interface Conversation {
  /** The platform's own id of the group, channel or direct chat. */
  id: string;
  kind: 'direct' | 'group';
  /** The thread in it, where the platform has threads. */
  thread?: string;
  /** Whom a direct chat is with. */
  userId?: string;
  /** Where this one message may be answered without further ado, until then (ms since 1970). The url is a password. */
  replyUrl?: { url: string; expiresAt: number };
}

/** Something that a person shared; its bytes are still with the platform. */
export interface SharedFile {
  /** What the platform gives it out for. */
  key: string;
  kind: 'image' | 'file';
  name?: string;
}

/** What a person has said: typed it, pressed it, or filled it in. */
export interface ChatMessage {
  /** The platform's own id: two deliveries of one message have the same. */
  id: string;
  platform: string;
  conversation: Conversation;
  sender: User;
  /** As typed, without the mention of the bot; of a button or a form its command. */
  text: string;
  /** Of a form: what was filled in, by field name. */
  fields?: Readonly<Record<string, string>>;
  files?: readonly SharedFile[];
  /** Who is called in it, beside the bot. */
  mentions?: readonly User[];
  /** Whether it is meant for the bot: said in a direct chat, with a mention, as a slash command, by a button or a form. */
  isForBot: boolean;
  /** When it was said, in ms since 1970. */
  sentAt: number;
}

/** What a callback turned out to be; the reply is due at once, whatever is done about the message. */
export type Callback =
  | { kind: 'message'; reply: CallbackReply; message: ChatMessage }
  | { kind: 'handshake'; reply: CallbackReply }
  /** From the bot itself or another one, a kind that nobody waits for; the reason is for the log. */
  | { kind: 'ignored'; reply: CallbackReply; reason: string };

/** A callback that is not proven to come from the platform, for this bot and tenant, just now. The reason is for the log, never for the caller. */
export class ForgedRequestError extends Error {
  override readonly name = 'ForgedRequest';
}

/** A file on its way: its bytes come when they are asked for, and are nowhere as a whole. */
export interface FileContent {
  name: string;
  /** In bytes, where it is known before the bytes are. */
  size?: number;
  bytes: AsyncIterable<Uint8Array>;
}

/** A place that has been opened. */
export interface CreatedThread extends Conversation {
  /** The platform's id of the message with the card, where that can be shown anew. */
  card?: string;
}

/** Where a case shall live. */
export interface ThreadRequest {
  /** Longer ones are cut to what the platform takes. */
  name: string;
  /** User ids. */
  members: readonly string[];
  /** Pinned there, where the platform can. */
  link: Link;
  /** The first thing said there. */
  card: Card;
}

/** A two-way road to a team: the bot that people talk to. */
export interface ChatApp {
  readonly platform: string;
  /** Verifies, decrypts, normalises. Throws ForgedRequest; fails closed. Asks nobody: whatever it takes is in the request. */
  receive(request: CallbackRequest): Callback;
  /**
   * Says it there. Throws DeliveryError.
   * @param idempotencyKey idempotency key: where the platform supports one, the same key is shown only once.
   * @param isRetry whether an earlier call with this key may have been heard: a platform without keys looks first, where it can.
   */
  send(card: Card, to: Conversation, idempotencyKey?: string, isRetry?: boolean): Promise<void>;
  /**
   * Opens a place of its own (a group, a thread) with the card in it; the same key opens it once, and finishes what an earlier
   * call left undone. Absent where the platform has no such place. Throws DeliveryError.
   */
  createThread?(place: ThreadRequest, from: Conversation, idempotencyKey: string): Promise<CreatedThread>;
  /** Shows another card where a message stands that `openPlace` has named. Absent where messages stay as they are. Throws DeliveryError. */
  update?(message: string, card: Card, at: Conversation): Promise<void>;
  /** What was shared in a message. Throws DeliveryError: gone, too large, not allowed. */
  fetchFile?(file: SharedFile, from: ChatMessage): Promise<FileContent>;
  /**
   * Puts a file there. Throws DeliveryError, `unfit` where the platform does not take such a file (kind, size).
   * @param idempotencyKey, again as for `send`
   */
  sendFile?(
    file: FileContent & { size: number },
    to: Conversation,
    idempotencyKey?: string,
    isRetry?: boolean,
  ): Promise<void>;
  /** Who has this e-mail address or mobile number; undefined where nobody has. Throws DeliveryError. */
  findUser?(handle: { email: string } | { mobile: string }): Promise<User | undefined>;
  /** What somebody is called, where messages do not say; undefined where it is not known. Throws DeliveryError. */
  getUserName?(id: string): Promise<string | undefined>;
  /** Resolves when the platform knows the bot and its secret; throws DeliveryError that says what to do. */
  healthCheck(): Promise<void>;
}

/** What its developer console calls them; by the names under which the bot's secret holds them. */
export type Secrets = Readonly<Record<string, string>>;

/** All there is to know about a chat platform's bots. Every two-way platform folder exports one. */
export interface BotPlatform {
  readonly name: string;
  /** The secrets without which it lets nobody in. */
  readonly requiredSecrets: readonly string[];
  /** Hosts of its API. */
  readonly hosts: readonly string[];
  /** The bot behind these secrets. Never throws: what is missing is said by `receive` and `probe`. */
  open(secrets: Secrets, runtime: Runtime): ChatApp;
}
