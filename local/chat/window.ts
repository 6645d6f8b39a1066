import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Room } from './chats';
import { drawFeed, drawPage, POLICY } from './page';
import { PLATFORMS } from './platforms';

/** The rooms as a person watches them in a browser. */
export interface Window {
  /** Answers a request for the page, its data or its live feed; false when it is for somebody else. */
  show(request: IncomingMessage, response: ServerResponse): boolean;
  /** Tells every open page that this room has something new. */
  refresh(room: Room): void;
}

const PAGE = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
const DATA = { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' };
const LIVE = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };

export function openWindow(rooms: readonly Room[]): Window {
  const watchers = new Set<ServerResponse>();
  const tell = (watcher: ServerResponse, room: Room) =>
    watcher.write(`data: ${JSON.stringify({ room: rooms.indexOf(room), html: drawFeed(room) })}\n\n`);

  const ways: Record<string, (response: ServerResponse) => void> = {
    '/': (response) => response.writeHead(200, PAGE).end(drawPage(rooms)),
    '/rooms': (response) => response.writeHead(200, DATA).end(JSON.stringify(rooms.map(withoutSecrets))),
    '/live': (response) => {
      response.writeHead(200, LIVE);
      watchers.add(response.on('close', () => watchers.delete(response)));
      for (const room of rooms) tell(response, room);
    },
  };

  return {
    show(request, response) {
      const way =
        request.method === 'GET' && Object.hasOwn(ways, request.url ?? '') ? ways[request.url ?? ''] : undefined;
      way?.(response);
      return way !== undefined;
    },
    refresh(room) {
      for (const watcher of watchers) tell(watcher, room);
    },
  };
}

/** The url is a secret too, and a payload may carry a signature. */
function withoutSecrets({ platform, messages, refusals }: Room) {
  return {
    platform,
    name: PLATFORMS[platform].name,
    messages: messages.map(({ at, bytes, seen }) => ({ at, bytes, seen })),
    refusals,
  };
}
