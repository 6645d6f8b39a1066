import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from './json';
import type { MessageView } from './message-view';

/** A member of the organization. */
export interface User {
  /** The platform's own user id. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly mobile: string;
  /** A member of another organization, in a shared group. */
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

/** A message in a conversation, from a person or from the bot. */
export interface Post {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The platform's own message id. */
  readonly id: string;
  /** A user id, or `bot`. */
  readonly by: string;
  readonly view: MessageView;
  readonly controls: readonly Control[];
  /** The payload that the bot sent. */
  readonly payload?: unknown;
  /** Files that a person or the bot shared in it. */
  readonly files?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** A group, a direct chat with the bot, or a thread. */
export interface Conversation {
  /** The platform's own id; the id of a thread is that of its first message. */
  readonly id: string;
  readonly kind: 'group' | 'direct' | 'thread';
  readonly name: string;
  /** User ids, without the bot. */
  readonly members: string[];
  /** Pinned links. */
  readonly tabs: { label: string; url: string }[];
  readonly posts: Post[];
  /** The conversation that a thread is in. */
  readonly parent?: string;
}

/** A file or a picture that a person shares. */
export interface SharedFile {
  readonly name: string;
  readonly kind: 'image' | 'file';
  readonly bytes: Uint8Array;
}

/** The bot's response to one delivery of a callback. */
export interface Delivery {
  /** HTTP status; 0 if there was no response in time. */
  readonly status: number;
  readonly durationMs: number;
  readonly body: string;
}

/** A request of the bot to the platform's API. */
export interface ApiRequest {
  readonly method: string;
  /** With the real host, as if the request had gone there. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly at: number;
  /** The body if it is a JSON object. */
  readonly payload: Json | undefined;
}

export interface ApiResponse {
  readonly status: number;
  /** Bytes as they are, text, anything else as JSON. */
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** A request to the bot's callback URL, signed and encrypted as the platform does it. */
export interface SignedCallback {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface WorkspaceOptions {
  /** Milliseconds since 1970. */
  now(): number;
  /** Called if a conversation is new, or has a new post, tab or member. */
  onChange(talk: Conversation): void;
  /** How many times as fast as real time the clock runs; 1 if absent. */
  rate?(): number;
}

/** An organization on one platform, with our bot installed: its users, its conversations, and what a person can do in them. */
export interface Workspace {
  readonly platform: string;
  /** The values of the developer console, by their names in the bot's secret. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly users: readonly User[];
  /** At first a group, and a direct chat with the bot for each user. */
  readonly conversations: readonly Conversation[];
  /** Every delivery of a callback so far, with retries, oldest first. */
  readonly deliveries: readonly Delivery[];
  /** The API requests that the platform rejected so far, with its responses. */
  readonly rejections: readonly { readonly path: string; readonly status: number; readonly body: unknown }[];
  /**
   * Makes the next API requests fail whose path contains this text. `lost`: the request is processed, but its response is
   * lost; `hang`: there is never a response.
   */
  injectFault(path: string, kind: 'error' | 'throttle' | 'lost' | 'hang', times: number): void;
  /** Enters the bot's callback URL, as in the developer console. Throws if the platform does not accept it. */
  subscribe(url: string): Promise<void>;
  /** Whether a request is for this platform's API (and not for a webhook). */
  owns(url: URL): boolean;
  /** `cut`: the connection is cut instead of a response; `silent`: there is no response. */
  handleApiRequest(request: ApiRequest): Promise<ApiResponse | 'cut' | 'silent'>;
  /**
   * A person writes; with `mention`, to the bot. Resolves with the first delivery; if the bot does not accept it, the
   * platform sends it again, as often and as late as the real one does.
   */
  say(by: string, conversation: string, text: string, options?: { mention?: boolean }): Promise<Delivery>;
  /** Presses the latest button with this label; without buttons, types the command that the card shows. Throws if there is none. */
  press(by: string, conversation: string, label: string): Promise<Delivery>;
  /** Fills in and submits the latest form; other fields keep their values. Throws if there is no form. */
  submit(by: string, conversation: string, values: Readonly<Record<string, string>>): Promise<Delivery>;
  share(by: string, conversation: string, file: SharedFile): Promise<Delivery>;
  /** The callback that `say` would send, signed for this moment. */
  createCallback(by: string, conversation: string, text: string): SignedCallback;
  /** Ends retries that are due later. */
  close(): Promise<void>;
}

/** What the people of a workspace can do. */
export type UserActions = Pick<Workspace, 'say' | 'press' | 'submit' | 'share' | 'createCallback'>;

/** The user and the conversation. Throws if there is none, or if the user is not a member. */
export function findMember(
  { users, conversations }: Pick<Workspace, 'users' | 'conversations'>,
  by: string,
  id: string,
): { user: User; conversation: Conversation } {
  const user = users.find((each) => each.id === by);
  const conversation = conversations.find((each) => each.id === id);
  if (!user) throw new Error(`There is no user ${by}.`);
  if (!conversation) throw new Error(`There is no conversation ${id}.`);
  if (!conversation.members.includes(by)) throw new Error(`${user.name} is not a member of ${conversation.name}.`);
  return { user, conversation };
}
