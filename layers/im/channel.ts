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
export interface World {
  /** Milliseconds since 1970. */
  now(): number;
  /** Where a platform's url is really answered; the url itself, unless an emulator stands in. */
  endpoint(url: URL): string;
  /** How long a platform may take to answer, in milliseconds. */
  timeout: number;
}

/** A one-way road to a team. */
export interface Channel {
  readonly platform: string;
  /**
   * Resolves when the platform has said yes to every part of the card; throws DeliveryError otherwise.
   * @param once idempotency key: where the platform supports one, the same key is shown only once.
   */
  send(card: Card, once?: string): Promise<void>;
}

/** What the platform said, whatever its HTTP status was. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  /** Parsed JSON where it is JSON, otherwise the text. */
  body: unknown;
}

/** Why a message was not accepted, in words that hold no url, token or secret. */
export interface Refusal {
  reason: string;
  /** The platform's own error code, as text, where it has one. */
  code?: string;
  retryable: boolean;
  /** Seconds the platform asks us to wait. */
  retryAfter?: number;
}

/** One message as a platform wants it, before it is signed. */
export type Payload = Record<string, unknown>;

/** All there is to know about a chat platform's incoming webhook. Every platform folder exports one. */
export interface Platform {
  readonly name: string;
  /** Most UTF-8 bytes of one JSON payload (Slack: our own limit, see there). */
  readonly limit: number;
  /** Its webhooks' hosts, for the person who entered a wrong url; `*.` stands for any name in front. */
  readonly hosts: readonly string[];
  /** Hosts that it answered on once, and what to do about it. */
  readonly retired?: { readonly hosts: readonly string[]; readonly reason: string };
  /** Whether its robots can be told to take only messages that hold a keyword. */
  readonly knowsKeywords?: boolean;
  /** Whether this webhook url is one of this platform's. */
  owns(url: URL): boolean;
  /** Pure: a card as one message, or several where one would be over the limit. */
  render(card: Card): Payload[];
  /** The request for one payload: here it is signed and given its idempotency key. */
  request(payload: Payload, webhook: Webhook, now: number, once?: string): { url: URL; body: Payload };
  /** Reads the refusal, which several platforms hide inside an HTTP 200; undefined means delivered. */
  verdict(answer: Answer): Refusal | undefined;
}
