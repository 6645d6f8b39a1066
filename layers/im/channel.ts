import type { Card } from './card';

/** A destination: what a person copies out of the robot settings of a chat platform. */
export interface Webhook {
  /** The url is the password: never log it, never put it into an error or a card. */
  url: string;
  /** For the signing modes of DingTalk (加签) and Feishu/Lark (签名校验). */
  secret?: string;
  /** For the keyword modes of DingTalk and Feishu/Lark: a word that every message must contain. */
  keyword?: string;
}

/** What varies between Lambda, a laptop and a test, passed in so that nothing has to be patched. */
export interface Runtime {
  /** Milliseconds since 1970. */
  now(): number;
  /** The address that a platform's url is requested at; the url itself, unless an emulator replaces the platform. */
  resolveEndpoint(url: URL): string;
  /** For one request and its response. */
  timeoutMs: number;
  /** How long nothing may move in a file transfer, whose other end may be slow. `timeoutMs` if absent. */
  idleTimeoutMs?: number;
}

/** So many messages in so many seconds, from the platform's documents. */
export interface RateLimit {
  readonly messages: number;
  readonly seconds: number;
}

/** The one-way connection to a chat. A card is composed once and posted message by message, so that a retry can skip what was accepted. */
export interface Channel {
  readonly platform: string;
  readonly rateLimits: readonly RateLimit[];
  /** Messages a month that the platform's free plan includes; undefined where it documents none. */
  readonly monthlyQuota?: number;
  /**
   * Pure: the messages that a card takes here. The `plain` form is one message, the card as plain text cut to the limit, for
   * a platform that rejected the card itself.
   */
  compose(card: Card, form?: 'card' | 'plain'): Payload[];
  /**
   * Resolves when the platform has accepted this one message; throws DeliveryError otherwise.
   * @param idempotencyKey where the platform supports one, the same key is shown only once
   */
  post(message: Payload, idempotencyKey?: string): Promise<void>;
}

/** What the platform answered, whatever its HTTP status was. */
export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  /** Parsed JSON where it is JSON, otherwise the text. */
  body: unknown;
}

/** Why a message was not accepted, in words without url, token or secret. */
export interface Rejection {
  reason: string;
  /** The platform's own error code, as text, where it has one. */
  code?: string;
  /** Whether the same message may be accepted later. */
  retryable: boolean;
  /** The message may have been shown all the same: there was no answer, or its meaning for the message is unclear. */
  outcomeUnknown?: 'unanswered' | 'unclear';
  /** How long the platform asks us to wait. */
  retryAfterSeconds?: number;
  /** The platform's rate limit: nothing is wrong with the message. */
  throttled?: true;
  /** The message is rejected, not the robot: a plainer form of it may be accepted. */
  payloadRejected?: true;
}

/** One message in the platform's format, before it is signed. */
export type Payload = Record<string, unknown>;

/** A chat platform's incoming webhook. Every platform folder exports one. */
export interface WebhookPlatform {
  readonly name: string;
  /** UTF-8 bytes of one JSON payload (Slack: our own limit, see there). */
  readonly maxBytes: number;
  /** The same of one payload in plain form. */
  readonly maxPlainBytes: number;
  /** How often one webhook may be called. */
  readonly rateLimits: readonly RateLimit[];
  /** Messages a month that its free plan includes; undefined where it documents none. */
  readonly monthlyQuota?: number;
  /** Its webhooks' hosts, to be shown when a url is wrong; `*.` stands for any name in front. */
  readonly hosts: readonly string[];
  /** Hosts that no longer answer, and what to do about it. */
  readonly retiredHosts?: { readonly hosts: readonly string[]; readonly reason: string };
  /** Whether its robots can be set to take only messages that contain a keyword. */
  readonly supportsKeywords?: boolean;
  ownsUrl(url: URL): boolean;
  /** Pure: a card as one message, or several where one would exceed the limit. */
  render(card: Card): Payload[];
  /** Pure: text as a message without any formatting, which mentions no one whatever the text contains. */
  renderPlain(text: string): Payload;
  /** The request for one payload, signed and with its idempotency key. */
  buildRequest(payload: Payload, webhook: Webhook, now: number, idempotencyKey?: string): { url: URL; body: Payload };
  /** Reads the rejection, which several platforms hide inside an HTTP 200; undefined means accepted. */
  parseResponse(response: HttpResponse): Rejection | undefined;
}
