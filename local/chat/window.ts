import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Room } from './chats';
import { drawFeed, drawPage, POLICY } from './page';
import { PLATFORMS } from './platforms';
import { openCounter } from './ui/counter';
import type { Conversation, Workspace } from './workspace';

/** The rooms as a person watches them in a browser, and the workspaces in which they can act. */
export interface Window {
  /** Answers a request for the page, its data or its live feed; false when it is for somebody else. */
  show(request: IncomingMessage, response: ServerResponse): boolean;
  /** Tells every open page that this room has something new. */
  refresh(room: Room): void;
  /** Tells every open page that this talk has changed. */
  refreshTalk(talk: Conversation, workspace: Workspace): void;
}

const PAGE = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
const DATA = { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' };
const LIVE = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };

export interface WindowOptions {
  readonly rooms: readonly Room[];
  readonly workspaces: readonly Workspace[];
  /** Milliseconds since 1970. */
  now(): number;
}

export function openWindow({ rooms, workspaces, now }: WindowOptions): Window {
  const watchers = new Set<ServerResponse>();
  const roomNews = (room: Room) => `data: ${JSON.stringify({ room: rooms.indexOf(room), html: drawFeed(room) })}\n\n`;
  const talkNews = (talk: Conversation, workspace: Workspace) =>
    `event: talk\ndata: ${JSON.stringify(counter.newsOf(talk, workspace))}\n\n`;
  const tell = (news: string) => {
    for (const watcher of watchers) watcher.write(news);
  };
  const refreshTalk = (talk: Conversation, workspace: Workspace) => tell(talkNews(talk, workspace));
  const counter = openCounter({ workspaces, now, changed: refreshTalk });

  const ways: Record<string, (response: ServerResponse) => void> = {
    '/': (response) => response.writeHead(200, PAGE).end(drawPage(rooms, counter.draw())),
    '/rooms': (response) => response.writeHead(200, DATA).end(JSON.stringify(rooms.map(withoutSecrets))),
    '/live': (response) => {
      response.writeHead(200, LIVE);
      watchers.add(response.on('close', () => watchers.delete(response)));
      for (const room of rooms) response.write(roomNews(room));
      for (const workspace of workspaces) {
        for (const talk of workspace.conversations) response.write(talkNews(talk, workspace));
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
function withoutSecrets({ platform, messages, rejections }: Room) {
  return {
    platform,
    name: PLATFORMS[platform].name,
    messages: messages.map(({ at, bytes, view }) => ({ at, bytes, view })),
    rejections,
  };
}
