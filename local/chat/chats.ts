import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallHooks } from '../call-hooks';
import type { MessageView } from './message-view';
import type { Conversation, Workspace } from './workspace';

export type { MessageView } from './message-view';

export interface Message {
  /** Milliseconds since 1970. */
  at: number;
  payload: unknown;
  bytes: number;
  view: MessageView;
}

export interface Rejection {
  at: number;
  status: number;
  body: unknown;
  /** What only the platform's own run history would tell: Teams answers 202 and then posts nothing. */
  reason?: string;
}

/** What goes wrong in a room for its next requests; it wears off by itself. */
export interface Fault {
  /** For how many requests, counted down to none. */
  times: number;
  /** Only for requests that hold this text; for all if absent. */
  bodyContains?: string;
  /**
   * `answer` gives the status and body below, `hang` never answers, `reset` cuts the connection,
   * `lost` shows the message and cuts the connection before saying so (what idempotency keys are for),
   * `slow` does all as it should, after `ms`.
   */
  kind: 'answer' | 'hang' | 'reset' | 'lost' | 'slow';
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** Milliseconds that a `slow` one takes; 1,000 if absent. */
  ms?: number;
}

export type PlatformName = 'dingtalk' | 'feishu' | 'wecom' | 'slack' | 'teams';

/** What a person would set up in a real group: a robot, its webhook url, and the ways it is secured. */
export interface RoomSetup {
  readonly platform: PlatformName;
  /** The webhook url a person would copy out of the real platform's settings: real host, invented token. */
  readonly url: string;
  readonly secret?: string;
  readonly keyword?: string;
}

/** One group chat with one robot in it. */
export interface Room extends RoomSetup {
  readonly messages: Message[];
  /** Every request that was refused, with the platform's own answer. */
  readonly rejections: Rejection[];
  /** How many requests were answered ok and not shown, because their idempotency key had been seen. */
  duplicateCount: number;
  fault?: Fault;
}

/** The chat platforms of this machine, behind one listener. */
export interface Chats {
  /** `http://127.0.0.1:port`; the path begins with the real host: `/oapi.dingtalk.com/robot/send?access_token=...`. */
  readonly url: string;
  readonly rooms: Room[];
  /** Where people talk to the case bot. */
  readonly workspaces: readonly Workspace[];
  /** Called whenever a talk has changed. */
  onConversation(listener: (talk: Conversation, workspace: Workspace) => void): void;
  /** Called for every message that a room accepted. */
  onMessage(listener: (room: Room, message: Message) => void): void;
  /** Of every call of a bot to a platform's API, by platform, method and path: `feishu POST /open-apis/im/v1/chats`. */
  readonly watch: CallHooks['watch'];
  /** Lets somebody else answer requests on the same port; `false` means: not mine. */
  addHandler(answer: (request: IncomingMessage, response: ServerResponse) => boolean): void;
  close(): Promise<void>;
}
