import { type Chats, type ChatsOptions, startChats } from './chats';
import type { Room, RoomSetup } from './rooms';

/** The time at which each test begins. */
export const NOON = Date.parse('2026-05-01T12:00:00Z');

export interface RequestOptions {
  method?: string;
  type?: string;
  /** Query parameters in addition to those of the webhook URL. */
  query?: Record<string, string>;
  /** Instead of the webhook URL. */
  url?: string;
}

/** One room, with real requests and a test clock. */
export interface WebhookClient {
  readonly chats: Chats;
  readonly room: Room;
  readonly clock: { now: number };
  /** @param body an object is sent as JSON, text as text. */
  send(body: unknown, options?: RequestOptions): Promise<{ status: number; body: unknown; headers: Headers }>;
}

export async function openWebhook(setup: RoomSetup, options: ChatsOptions = {}): Promise<WebhookClient> {
  const clock = { now: NOON };
  const chats = await startChats({ rooms: [setup], now: () => clock.now, ...options });
  const [room] = chats.rooms;
  if (!room) throw new Error('There is no room.');
  return {
    ...{ chats, room, clock },
    async send(body, { method = 'POST', type = 'application/json; charset=utf-8', query = {}, url = setup.url } = {}) {
      const real = new URL(url);
      for (const [name, value] of Object.entries(query)) real.searchParams.set(name, value);
      const content = typeof body === 'string' ? body : JSON.stringify(body);
      const init = method === 'GET' ? {} : { body: content, headers: { 'content-type': type } };
      const response = await fetch(`${chats.url}/${real.host}${real.pathname}${real.search}`, { method, ...init });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.includes('json');
      return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
    },
  };
}
