import type { IncomingHttpHeaders } from 'node:http';
import type { CallbackTemplates } from './callback-templates';
import { isObject, type Json } from './json';
import type { LocalizedText, MessageView } from './message-view';
import type { RequestLog } from './rate-limit';
import type { Workspace, WorkspaceOptions } from './workspace';

/** What a person sets up in a real group: a robot, its webhook URL, and how the webhook is secured. */
export interface WebhookSetup {
  /** As copied from the platform's settings: real host, invented token. */
  readonly url: string;
  readonly secret?: string;
  readonly keyword?: string;
}

/** What a platform remembers of one webhook between requests. */
export interface WebhookState extends RequestLog {
  /** Milliseconds since 1970. */
  blockedUntil: number;
  /** Keys seen so far. How long the real platforms keep them is not documented. */
  readonly idempotencyKeys: Set<string>;
}

export interface WebhookRequest {
  readonly method: string;
  /** With the real host, as if the request had gone there. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly at: number;
  /** The body if it is a JSON object. */
  readonly payload: Json | undefined;
  /** The setup of the webhook URL; undefined if the URL is unknown. */
  readonly room: WebhookSetup | undefined;
  readonly state: WebhookState;
}

export interface WebhookResponse {
  readonly status: number;
  /** Text is sent as text, anything else as JSON. */
  readonly body: unknown;
  readonly headers?: Record<string, string>;
  /** `duplicate`: the answer is ok, but the idempotency key was seen before, so the message is not posted again. */
  readonly outcome: 'posted' | 'duplicate' | 'rejected';
  /** Known to the platform only (Teams: the run history of the flow). */
  readonly reason?: string;
}

export type WebhookCheck = (request: WebhookRequest) => WebhookResponse | undefined;

/** An emulated chat platform. Each platform folder exports one; `platforms.ts` has a line for it. */
export interface ChatPlatform {
  /** The heading of its room on the page. */
  readonly name: LocalizedText;
  readonly brandColor: string;
  /** The webhook that the local application uses. */
  readonly webhook: WebhookSetup;
  ownsHost(host: string): boolean;
  respond(request: WebhookRequest): WebhookResponse;
  view(payload: Json): MessageView;
}

/** A platform on which people can talk to a bot, too. */
export interface BotChatPlatform extends ChatPlatform {
  /** Where a case gets its own conversation: in a thread of its card, or in a new group; absent if nowhere. */
  readonly caseConversation?: 'thread' | 'group';
  readonly hasForms?: true;
  /** The shortest time that the platform waits for the response to a callback. */
  readonly callbackTimeoutMs: number;
  /** The template's parameter for each secret of the bot. */
  readonly secretParameters: Readonly<Record<string, string>>;
  createWorkspace(options: WorkspaceOptions): Workspace;
  /** By a name of the variant; most platforms have one variant, under their own name. */
  createCallbackTemplates(): Readonly<Record<string, CallbackTemplates>>;
}

/** The first rejection in the platform's order. */
export function firstRejection(checks: readonly WebhookCheck[], request: WebhookRequest): WebhookResponse | undefined {
  for (const check of checks) {
    const rejection = check(request);
    if (rejection) return rejection;
  }
  return undefined;
}

export function isJson(headers: IncomingHttpHeaders): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '');
}

export function isBotPlatform(platform: ChatPlatform): platform is BotChatPlatform {
  return isObject(platform) && 'createWorkspace' in platform;
}
