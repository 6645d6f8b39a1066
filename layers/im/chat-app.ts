import type { Card, Link } from './card';
import type { Runtime } from './channel';

/** An HTTP request as it came in. Verification is over exactly these bytes. */
export interface CallbackRequest {
  method: string;
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** An object is sent as JSON; without a body the response is empty. */
export interface CallbackReply {
  status: number;
  body?: object | string;
}

/** A member of the bot's organisation, by the platform's own user id. */
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
  /** The other person in a direct chat. */
  userId?: string;
  /** Where this one message may be answered without a token, until then (ms since 1970). The url is a password. */
  replyUrl?: { url: string; expiresAt: number };
}

/** A file that a person shared; its bytes are still with the platform. */
export interface SharedFile {
  /** The platform's key to fetch it by. */
  key: string;
  kind: 'image' | 'file';
  name?: string;
}

/** What a person typed, pressed or submitted. */
export interface ChatMessage {
  /** The platform's own id: two deliveries of one message have the same. */
  id: string;
  platform: string;
  conversation: Conversation;
  sender: User;
  /** As typed, without the mention of the bot; of a button or a form its command. */
  text: string;
  /** Of a form: the values by field name. */
  fields?: Readonly<Record<string, string>>;
  files?: readonly SharedFile[];
  /** The people mentioned in it, without the bot. */
  mentions?: readonly User[];
  /** Whether it addresses the bot: in a direct chat, with a mention, as a slash command, by a button or a form. */
  isForBot: boolean;
  /** In ms since 1970. */
  sentAt: number;
}

/** What a callback contains; the reply is due at once, whatever happens with the message. */
export type Callback =
  | { kind: 'message'; reply: CallbackReply; message: ChatMessage }
  | { kind: 'handshake'; reply: CallbackReply }
  /** From the bot itself or another one, or of a kind that is not used; the reason is for the log. */
  | { kind: 'ignored'; reply: CallbackReply; reason: string };

/** A callback that is not proven to come from the platform, for this bot and tenant, just now. The reason is for the log, never for the caller. */
export class ForgedRequestError extends Error {
  override readonly name = 'ForgedRequestError';
}

/** A file in transit: its bytes are streamed and never held in memory as a whole. */
export interface FileContent {
  name: string;
  /** In bytes, where it is known before the bytes are. */
  size?: number;
  bytes: AsyncIterable<Uint8Array>;
}

export type SizedFile = FileContent & { size: number };

export interface CreatedThread extends Conversation {
  /** The platform's id of the message with the card, where that can be updated. */
  card?: string;
}

/** The group or thread to create for a case. */
export interface ThreadRequest {
  /** A longer one is cut to the platform's limit. */
  name: string;
  /** User ids. */
  members: readonly string[];
  /** Pinned there, where the platform can. */
  link: Link;
  /** The first message there. */
  card: Card;
}

/** The two-way connection to a chat platform: the bot that people talk to. */
export interface ChatApp {
  readonly platform: string;
  /** Verifies, decrypts and normalises. Throws ForgedRequestError; fails closed. Makes no calls: all it needs is in the request. */
  receive(request: CallbackRequest): Callback;
  /**
   * Posts a card. Throws DeliveryError.
   * @param idempotencyKey where the platform supports one, the same key is shown only once
   * @param isRetry whether an earlier call with this key may have succeeded: a platform without keys looks first, where it can
   */
  send(card: Card, to: Conversation, idempotencyKey?: string, isRetry?: boolean): Promise<void>;
  /**
   * Creates a group or thread with the card in it; the same key creates it once, and completes what an earlier call left
   * unfinished. Absent where the platform has neither. Throws DeliveryError.
   */
  createThread?(place: ThreadRequest, from: Conversation, idempotencyKey: string): Promise<CreatedThread>;
  /** `createThread` creates a thread inside the given conversation; if absent, a new group. */
  readonly createsThreadsInConversation?: true;
  /** Replaces the card of a message that `createThread` has returned. Absent where messages cannot change. Throws DeliveryError. */
  update?(message: string, card: Card, at: Conversation): Promise<void>;
  /** What was shared in a message. Throws DeliveryError: deleted, too large, not allowed. */
  fetchFile?(file: SharedFile, from: ChatMessage): Promise<FileContent>;
  /**
   * Posts a file. Throws DeliveryError, with `payloadRejected` where the platform does not take such a file (kind, size).
   * `idempotencyKey` and `isRetry` as for `send`.
   */
  sendFile?(file: SizedFile, to: Conversation, idempotencyKey?: string, isRetry?: boolean): Promise<void>;
  /** The user with this e-mail address or mobile number; undefined where there is none. Throws DeliveryError. */
  findUser?(handle: { email: string } | { mobile: string }): Promise<User | undefined>;
  /** The name of a user, where messages do not contain it; undefined where it is not known. Throws DeliveryError. */
  getUserName?(id: string): Promise<string | undefined>;
  /** Resolves when the platform accepts the bot's secrets; throws a DeliveryError that says what to do. */
  healthCheck(): Promise<void>;
}

/** By the names of the platform's developer console. */
export type Secrets = Readonly<Record<string, string>>;

/** A chat platform's bots. Every two-way platform folder exports one. */
export interface BotPlatform {
  readonly name: string;
  /** The secrets without which it accepts no callback. */
  readonly requiredSecrets: readonly string[];
  /** Hosts of its API. */
  readonly hosts: readonly string[];
  /** Opens the bot with these secrets. Never throws: `receive` and `healthCheck` report what is missing. */
  open(secrets: Secrets, runtime: Runtime): ChatApp;
}
