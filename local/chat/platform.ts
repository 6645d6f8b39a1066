import type { IncomingHttpHeaders } from 'node:http';
import type { MessageView, Room } from './chats';
import type { Json } from './json';

/** What a platform remembers of one robot between requests. */
export interface WebhookState {
  readonly limits: 'real' | 'off';
  /** When the robot was used, in milliseconds since 1970, oldest first. */
  readonly requestTimes: number[];
  blockedUntil: number;
  /** Idempotency keys already seen. How long the real platforms keep them is not documented. */
  readonly idempotencyKeys: Set<string>;
}

/** One request, as the platform receives it. */
export interface WebhookRequest {
  readonly method: string;
  /** With the real host, as if the request had gone there. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly at: number;
  /** The body where it is a JSON object. */
  readonly payload: Json | undefined;
  /** Whose webhook url it is; undefined when nobody's. */
  readonly room: Room | undefined;
  readonly state: WebhookState;
}

export interface WebhookResponse {
  readonly status: number;
  /** Sent as it is where it is text, otherwise as JSON. */
  readonly body: unknown;
  readonly headers?: Record<string, string>;
  /** `repeated`: answered ok, but its idempotency key was seen before, so it is not shown again. */
  readonly outcome: 'shown' | 'repeated' | 'refused';
  readonly reason?: string;
}

export type Check = (call: WebhookRequest) => WebhookResponse | undefined;

/** One emulated chat platform. Every platform folder exports one. */
export interface WebhookPlatform {
  /** Both languages, as the heading of the chat window. */
  readonly name: { readonly zh: string; readonly en: string };
  owns(host: string): boolean;
  respond(call: WebhookRequest): WebhookResponse;
  /** How a person sees the payload. */
  view(payload: Json): MessageView;
}

/** The first objection, in the platform's order. */
export function firstRejection(checks: readonly Check[], call: WebhookRequest): WebhookResponse | undefined {
  for (const check of checks) {
    const objection = check(call);
    if (objection) return objection;
  }
  return undefined;
}

export function isJson(headers: IncomingHttpHeaders): boolean {
  return /^application\/json\b/i.test(headers['content-type'] ?? '');
}
