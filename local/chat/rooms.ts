import type { MessageView } from './message-view';
import type { WebhookSetup } from './platform';
import { PLATFORMS, type PlatformName } from './platforms';

export interface RoomSetup extends WebhookSetup {
  readonly platform: PlatformName;
}

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
  /** Known to the platform only: Teams answers 202 and then posts nothing. */
  reason?: string;
}

/** A fault of a room's webhook. */
export interface Fault {
  /** For so many requests, counted down to 0. */
  times: number;
  /** Only for requests with this text; for all if absent. */
  bodyContains?: string;
  /**
   * `answer` returns the status and body below, `hang` never answers, `reset` cuts the connection,
   * `lost` posts the message and cuts the connection before the response (the case for idempotency keys),
   * `slow` works as usual after `delayMs`.
   */
  kind: 'answer' | 'hang' | 'reset' | 'lost' | 'slow';
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
  /** 1,000 if absent. */
  delayMs?: number;
}

/** One group chat with one webhook. */
export interface Room extends RoomSetup {
  readonly messages: Message[];
  /** Every rejected request, with the platform's response. */
  readonly rejections: Rejection[];
  /** Requests that were accepted but not posted, because their idempotency key was known. */
  duplicateCount: number;
  fault?: Fault;
}

/** One room on each platform. */
export const ROOMS: readonly RoomSetup[] = Object.entries(PLATFORMS).map(([platform, { webhook }]) => ({
  platform: platform as PlatformName,
  ...webhook,
}));

export function createRoom(setup: RoomSetup): Room {
  return { ...setup, messages: [], rejections: [], duplicateCount: 0 };
}

/** Whether a request goes to this room: same host and path, and every query parameter of its webhook URL. */
export function isWebhookOf(room: RoomSetup, url: URL): boolean {
  const own = new URL(room.url);
  const isSamePath = own.hostname === url.hostname && own.pathname === url.pathname;
  return isSamePath && [...own.searchParams].every(([name, value]) => url.searchParams.get(name) === value);
}
