import type { Chats } from './chats';
import type { Room, RoomSetup } from './rooms';
import { type ChatsOptions, startChats } from './start-chats';

/** Noon of a spring day; every test begins then. */
export const NOON = Date.parse('2026-05-01T12:00:00Z');

export interface Visit {
  method?: string;
  type?: string;
  /** Query parameters besides those of the room's webhook url. */
  query?: Record<string, string>;
  /** Instead of the room's webhook url. */
  url?: string;
}

/** A test's way into one room: real requests over a real connection, on a clock of its own. */
export interface Visitor {
  readonly chats: Chats;
  readonly room: Room;
  readonly clock: { now: number };
  /** @param body an object is sent as JSON, text as it is. */
  send(body: unknown, visit?: Visit): Promise<{ status: number; body: unknown; headers: Headers }>;
}

export async function enter(setup: RoomSetup, options: ChatsOptions = {}): Promise<Visitor> {
  const clock = { now: NOON };
  const chats = await startChats({ rooms: [setup], now: () => clock.now, ...options });
  const [room] = chats.rooms;
  if (!room) throw new Error('no room to enter');
  return {
    chats,
    room,
    clock,
    async send(body, { method = 'POST', type = 'application/json; charset=utf-8', query = {}, url = setup.url } = {}) {
      const real = new URL(url);
      for (const [name, value] of Object.entries(query)) real.searchParams.set(name, value);
      const target = `${chats.url}/${real.host}${real.pathname}${real.search}`;
      const content = typeof body === 'string' ? body : JSON.stringify(body);
      const init = method === 'GET' ? {} : { body: content, headers: { 'content-type': type } };
      const response = await fetch(target, { method, ...init });
      const text = await response.text();
      const json = response.headers.get('content-type')?.includes('json');
      return { status: response.status, headers: response.headers, body: json ? JSON.parse(text) : text };
    },
  };
}
