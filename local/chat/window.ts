import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Room } from './chats';
import { drawFeed, drawPage, POLICY } from './page';
import { PLATFORMS } from './platforms';
import { openCounter } from './talks/counter';
import type { Talk, Workplace } from './workplace';

/** The rooms as a person watches them in a browser, and the workplaces in which they can act. */
export interface Window {
  /** Answers a request for the page, its data or its live feed; false when it is for somebody else. */
  show(request: IncomingMessage, response: ServerResponse): boolean;
  /** Tells every open page that this room has something new. */
  refresh(room: Room): void;
  /** Tells every open page that this talk has changed. */
  refreshTalk(talk: Talk, workplace: Workplace): void;
}

const PAGE = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
const DATA = { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' };
const LIVE = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };

export interface WindowOptions {
  readonly rooms: readonly Room[];
  readonly workplaces: readonly Workplace[];
  /** Milliseconds since 1970. */
  now(): number;
}

export function openWindow({ rooms, workplaces, now }: WindowOptions): Window {
  const watchers = new Set<ServerResponse>();
  const roomNews = (room: Room) => `data: ${JSON.stringify({ room: rooms.indexOf(room), html: drawFeed(room) })}\n\n`;
  const talkNews = (talk: Talk, workplace: Workplace) =>
    `event: talk\ndata: ${JSON.stringify(counter.newsOf(talk, workplace))}\n\n`;
  const tell = (news: string) => {
    for (const watcher of watchers) watcher.write(news);
  };
  const refreshTalk = (talk: Talk, workplace: Workplace) => tell(talkNews(talk, workplace));
  const counter = openCounter({ workplaces, now, changed: refreshTalk });

  const ways: Record<string, (response: ServerResponse) => void> = {
    '/': (response) => response.writeHead(200, PAGE).end(drawPage(rooms, counter.draw())),
    '/rooms': (response) => response.writeHead(200, DATA).end(JSON.stringify(rooms.map(withoutSecrets))),
    '/live': (response) => {
      response.writeHead(200, LIVE);
      watchers.add(response.on('close', () => watchers.delete(response)));
      for (const room of rooms) response.write(roomNews(room));
      for (const workplace of workplaces) {
        for (const talk of workplace.talks) response.write(talkNews(talk, workplace));
      }
    },
  };

  return {
    show(request, response) {
      const way =
        request.method === 'GET' && Object.hasOwn(ways, request.url ?? '') ? ways[request.url ?? ''] : undefined;
      way?.(response);
      return way !== undefined || counter.serve(request, response);
    },
    refresh: (room) => tell(roomNews(room)),
    refreshTalk,
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
