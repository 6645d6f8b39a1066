import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { parseObject, textAt } from '../json';
import { platformNamed } from '../platforms';
import type { Room } from '../rooms';
import type { Conversation, Workspace } from '../workspace';
import { ACTIONS, type Outcome, outcomeOf, workspaceData } from './actions';
import { drawList, drawPane, drawWorkspace, type FailedDelivery } from './draw-workspace';
import { CONTENT_SECURITY_POLICY, drawPage, drawRoomFeed } from './page';
import { requestError } from './request-guard';

/** The page with rooms and workspaces, for people, and its data, for programs. */
export interface PageServer {
  /**
   * Serves the page (`/`), its data (`/rooms`, `/conversations`), its live feed (`/live`), and the actions of people
   * (`POST /conversations/<platform>/say`, `press`, `submit`, `share`); false if the request is for another handler.
   */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Sends a room to each open page. */
  updateRoom(room: Room): void;
  /** Sends a conversation to each open page. */
  updateConversation(conversation: Conversation, workspace: Workspace): void;
}

export interface PageOptions {
  readonly rooms: readonly Room[];
  readonly workspaces: readonly Workspace[];
  /** Milliseconds since 1970. */
  now(): number;
}

const PAGE = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CONTENT_SECURITY_POLICY };
const DATA = { 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' };
const LIVE = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' };
const ACTION_PATH = /^\/conversations\/(\w+)\/(\w+)$/;

export function createPageServer({ rooms, workspaces, now }: PageOptions): PageServer {
  const pages = new Set<ServerResponse>();
  const failures = createFailureLog(now);
  const send = (event: string) => {
    for (const page of pages) page.write(event);
  };
  const roomEvent = (room: Room) =>
    `data: ${JSON.stringify({ room: rooms.indexOf(room), html: drawRoomFeed(room) })}\n\n`;
  const conversationEvent = (conversation: Conversation, workspace: Workspace) => {
    const pane = drawPane(conversation, workspace, failures.of(conversation), false);
    const update = { platform: workspace.platform, list: drawList(workspace), pane };
    return `event: conversation\ndata: ${JSON.stringify(update)}\n\n`;
  };
  const updateConversation: PageServer['updateConversation'] = (...changed) => send(conversationEvent(...changed));

  const routes: Readonly<Record<string, (response: ServerResponse) => void>> = {
    '/': (response) => {
      const bot = workspaces.map((workspace) => drawWorkspace(workspace, failures.of)).join('');
      response.writeHead(200, PAGE).end(drawPage(rooms, bot));
    },
    '/rooms': (response) => response.writeHead(200, DATA).end(JSON.stringify(rooms.map(withoutSecrets))),
    '/live': (response) => {
      response.writeHead(200, LIVE);
      pages.add(response.on('close', () => pages.delete(response)));
      for (const room of rooms) response.write(roomEvent(room));
      for (const workspace of workspaces) {
        for (const conversation of workspace.conversations) response.write(conversationEvent(conversation, workspace));
      }
    },
  };
  const onFailure = (id: string, workspace: Workspace, text: Outcome['text']) => {
    const conversation = workspace.conversations.find((each) => each.id === id);
    if (!conversation) return;
    failures.add(conversation, text);
    updateConversation(conversation, workspace);
  };

  return {
    handle(request, response) {
      const { method, url = '' } = request;
      const route = method === 'GET' && Object.hasOwn(routes, url) ? routes[url] : undefined;
      const isAction = /^\/conversations(\/|$)/.test(url);
      if (route) route(response);
      else if (isAction) void handleAction(request, response, workspaces, onFailure);
      return route !== undefined || isAction;
    },
    updateRoom: (room) => send(roomEvent(room)),
    updateConversation,
  };
}

function createFailureLog(now: () => number) {
  const failures = new Map<Conversation, FailedDelivery[]>();
  const of = (conversation: Conversation): readonly FailedDelivery[] => failures.get(conversation) ?? [];
  return {
    of,
    add(conversation: Conversation, text: FailedDelivery['text']): void {
      const before = of(conversation);
      failures.set(conversation, [...before, { id: `failure ${before.length}`, at: now(), text }]);
    },
  };
}

/** Without the URL, which is a secret, and without payloads, which may hold a signature. */
function withoutSecrets({ platform, messages, rejections }: Room) {
  return {
    platform,
    name: platformNamed(platform).name,
    messages: messages.map(({ at, bytes, view }) => ({ at, bytes, view })),
    rejections,
  };
}

interface JsonResponse {
  readonly status: number;
  /** `{ error }` if the request is refused. */
  readonly body: unknown;
}

type OnFailure = (conversationId: string, workspace: Workspace, text: Outcome['text']) => void;

/** Never rejects. */
async function handleAction(
  request: IncomingMessage,
  response: ServerResponse,
  workspaces: readonly Workspace[],
  onFailure: OnFailure,
): Promise<void> {
  const { status, body } = await respond(request, workspaces, onFailure).catch(({ message }: Error) =>
    refuse(400, message),
  );
  // A refused request is not read to its end, so its connection cannot serve another one.
  response.writeHead(status, { ...DATA, connection: 'close' }).end(JSON.stringify(body));
}

async function respond(
  request: IncomingMessage,
  workspaces: readonly Workspace[],
  onFailure: OnFailure,
): Promise<JsonResponse> {
  const { method = '', url = '' } = request;
  const error = requestError(request);
  if (error) return refuse(error.status, error.reason);
  if (method === 'GET' && url === '/conversations') return { status: 200, body: workspaces.map(workspaceData) };
  const [, platform, name = ''] = ACTION_PATH.exec(url) ?? [];
  const workspace = workspaces.find((each) => each.platform === platform);
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (method !== 'POST' || !workspace || !action) return refuse(404, 'There is no such action.');
  const input = parseObject(await buffer(request));
  if (!input) return refuse(400, 'Send a JSON object.');
  const outcome = outcomeOf(await action(workspace, input), workspace);
  if (outcome.kind === 'failed') onFailure(textAt(input, 'conversation'), workspace, outcome.text);
  return { status: 200, body: outcome };
}

function refuse(status: number, error: string): JsonResponse {
  return { status, body: { error } };
}
