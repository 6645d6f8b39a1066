import type { Card } from './card';

/** Where a team is told: what a person copies out of the chat platform's robot settings. */
export interface Webhook {
  /** The url is the password: never log it, never put it into an error or a card. */
  url: string;
  /** For the signing modes of DingTalk (加签) and Feishu/Lark (签名校验). */
  secret?: string;
  /** For the keyword modes of DingTalk and Feishu/Lark: a word that every message must hold. */
  keyword?: string;
}

/** What varies between Lambda, a laptop and a test, passed in so that nothing has to be patched. */
export interface Runtime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Where a platform's url is really answered; the url itself, unless an emulator stands in. */
  resolveEndpoint(url: URL): string;
  /** How long a platform may take to answer, in milliseconds. */
  timeoutMs: number;
  /** How long a file on its way may stand still, in milliseconds: whoever takes it may be slow. The timeout, if absent. */
  idleTimeoutMs?: number;
}

/** So many messages in so many seconds, as the platform's documents have it. */
export interface RateLimit {
  readonly messages: number;
  readonly seconds: number;
}

/** A one-way road to a team. A card is composed once and posted message by message, so that what has arrived can be remembered. */
export interface Channel {
  readonly platform: string;
  readonly rateLimits: readonly RateLimit[];
  /** Messages a month that the platform's free plan includes; undefined where nothing is said. */
  readonly monthlyQuota?: number;
  /**
   * Pure: the messages that a card takes here. In `plain` form always one: the card's words as plain text, cut to what
   * fits, for a platform that refused the card itself.
   */
  compose(card: Card, form?: 'card' | 'plain'): Payload[];
  /**
   * Resolves when the platform has said yes to this one message; throws DeliveryError otherwise.
   * @param idempotencyKey idempotency key: where the platform supports one, the same key is shown only once.
   */
  post(message: Payload, idempotencyKey?: string): Promise<void>;
}

/** What the platform said, whatever its HTTP status was. */
export interface HttpResponse {
  status: number;
  headers: Record<string, string>;
  /** Parsed JSON where it is JSON, otherwise the text. */
  body: unknown;
}

/** Why a message was not accepted, in words that hold no url, token or secret. */
export interface Rejection {
  reason: string;
  /** The platform's own error code, as text, where it has one. */
  code?: string;
  retryable: boolean;
  /** The message may have been shown all the same: nobody answered, or it is not clear what the answer means for it. */
  outcomeUnknown?: 'unanswered' | 'unclear';
  /** Seconds the platform asks us to wait. */
  retryAfterSeconds?: number;
  /** The platform's rate limit: nothing is wrong with the message. */
  throttled?: true;
  /** This message is refused, not this robot: a plainer form of it may be accepted. */
  payloadRejected?: true;
}

/** One message as a platform wants it, before it is signed. */
export type Payload = Record<string, unknown>;

/** All there is to know about a chat platform's incoming webhook. Every platform folder exports one. */
export interface WebhookPlatform {
  readonly name: string;
  /** Most UTF-8 bytes of one JSON payload (Slack: our own limit, see there). */
  readonly maxBytes: number;
  /** The same of one payload in plain form. */
  readonly maxPlainBytes: number;
  /** How fast one webhook may be called. */
  readonly rateLimits: readonly RateLimit[];
  /** Messages a month that its free plan includes; undefined where nothing is said. */
  readonly monthlyQuota?: number;
  /** Its webhooks' hosts, for the person who entered a wrong url; `*.` stands for any name in front. */
  readonly hosts: readonly string[];
  /** Hosts that it answered on once, and what to do about it. */
  readonly retiredHosts?: { readonly hosts: readonly string[]; readonly reason: string };
  /** Whether its robots can be told to take only messages that hold a keyword. */
  readonly supportsKeywords?: boolean;
  /** Whether this webhook url is one of this platform's. */
  ownsUrl(url: URL): boolean;
  /** Pure: a card as one message, or several where one would be over the limit. */
  render(card: Card): Payload[];
  /** Pure: words as a message with nothing special in it, which calls nobody whatever they hold. */
  renderPlain(text: string): Payload;
  /** The request for one payload: here it is signed and given its idempotency key. */
  buildRequest(payload: Payload, webhook: Webhook, now: number, idempotencyKey?: string): { url: URL; body: Payload };
  /** Reads the refusal, which several platforms hide inside an HTTP 200; undefined means delivered. */
  parseResponse(answer: HttpResponse): Rejection | undefined;
}
