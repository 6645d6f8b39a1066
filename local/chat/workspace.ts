import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from './json';
import type { MessageView } from './message-view';

/** Platforms on which people can talk to a bot. */
export type BotPlatformName = 'dingtalk' | 'feishu' | 'slack';

/** Somebody of the organisation. */
export interface User {
  /** The platform's own user id. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly mobile: string;
  /** Somebody of another organisation who is in a shared group. */
  readonly external?: boolean;
}

/** What a person can press or fill in. */
export type Control =
  | { readonly kind: 'button'; readonly label: string }
  | {
      readonly kind: 'form';
      readonly submit: string;
      readonly fields: readonly {
        readonly name: string;
        readonly label: string;
        readonly value: string;
        readonly options?: readonly { readonly label: string; readonly value: string }[];
      }[];
    };

/** One message in a talk, from a person or from the bot. */
export interface Post {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The platform's own message id. */
  readonly id: string;
  /** A person's id, or `bot`. */
  readonly by: string;
  readonly view: MessageView;
  readonly controls: readonly Control[];
  /** What the bot sent. */
  readonly payload?: unknown;
  /** Shared in it, by a person or the bot. */
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** A group, a direct chat with the bot, or a thread. */
export interface Conversation {
  /** The platform's own id; of a thread that of its first message. */
  readonly id: string;
  readonly kind: 'group' | 'direct' | 'thread';
  readonly name: string;
  /** Person ids, without the bot. */
  readonly members: string[];
  /** Pinned links. */
  readonly tabs: { label: string; url: string }[];
  readonly posts: Post[];
  /** Of a thread: the talk it is in. */
  readonly parent?: string;
}

/** How the bot answered one delivery of a callback. */
export interface Delivery {
  /** HTTP status; 0 when it did not answer in time. */
  readonly status: number;
  readonly durationMs: number;
  readonly body: string;
}

/** A call of the bot to the platform's API. */
export interface ApiRequest {
  readonly method: string;
  /** With the real host, as if the request had gone there. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly at: number;
  /** The body where it is a JSON object. */
  readonly payload: Json | undefined;
}

/** What a platform's API answers. */
export interface ApiResponse {
  readonly status: number;
  /** Bytes as they are, text, anything else as JSON. */
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** What goes to the bot's callback url, already signed and encrypted as the platform does. */
export interface SignedCallback {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WorkspaceOptions {
  /** Milliseconds since 1970. */
  now(): number;
  /** A talk has a new post, tab or member; or there is a new talk. */
  onChange(talk: Conversation): void;
  /** How many times as fast as real seconds redeliveries follow; 1 if absent. */
  rate?(): number;
}

/** An organisation on one platform, with our bot installed: its people, its talks, and what a person can do in them. */
export interface Workspace {
  readonly platform: BotPlatformName;
  /** What a person copies out of the developer console, by the names under which the bot's secret holds them. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly users: readonly User[];
  /** To begin with one group, and a direct chat with the bot for each person. */
  readonly conversations: readonly Conversation[];
  /** Every delivery of a callback so far, oldest first; redeliveries too. */
  readonly deliveries: readonly Delivery[];
  /** The API calls of the bot so far that it refused, as it answered them. */
  readonly rejections: readonly { readonly path: string; readonly status: number; readonly body: unknown }[];
  /** What goes wrong with the next API calls whose path holds this: they fail, or are done and the answer is lost. */
  injectFault(path: string, kind: 'error' | 'throttle' | 'lost' | 'hang', times: number): void;
  /** Enters the bot's callback url, as in the developer console: the platform tries it out first. Throws when it is refused. */
  subscribe(url: string): Promise<void>;
  /** Whether this request is for this platform's API (and not for a webhook). */
  owns(url: URL): boolean;
  /** Answers an API call of the bot, as the platform would; `undefined`: nothing is answered (see `trouble`). */
  handleApiRequest(
    call: ApiRequest,
  ): Promise<{ status: number; body: unknown; headers?: Record<string, string> } | 'cut' | 'silent'>;
  /**
   * A person writes; with `mention`, to the bot. Resolves with the first delivery; where the bot does not answer in time,
   * the platform delivers again by itself, as often and as late as it really does.
   */
  say(by: string, talk: string, text: string, options?: { mention?: boolean }): Promise<Delivery>;
  /** Presses the latest button with this label in the talk; where there are none, types what the card says instead. Throws when there is no such button. */
  press(by: string, talk: string, label: string): Promise<Delivery>;
  /** Fills in and submits the latest form of the talk; what is not given stays as it was. Throws when there is no form. */
  submit(by: string, talk: string, values: Readonly<Record<string, string>>): Promise<Delivery>;
  /** Shares a file or a picture. */
  share(by: string, talk: string, file: { name: string; kind: 'image' | 'file'; bytes: Uint8Array }): Promise<Delivery>;
  /** The callback that `say` would send, signed for this moment, for tests that want to spoil it. */
  createCallback(by: string, talk: string, text: string): SignedCallback;
  /** Ends redeliveries that are still to come. */
  close(): Promise<void>;
}
