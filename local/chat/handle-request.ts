import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallHooks } from '../call-hooks';
import { parseObject } from './json';
import type { ChatPlatform, WebhookRequest, WebhookResponse, WebhookState } from './platform';
import { PLATFORMS } from './platforms';
import { type Fault, isWebhookOf, type Message, type Room } from './rooms';
import type { Workspace } from './workspace';

/** What a request to a chat platform is answered with. */
export interface PlatformServer {
  readonly rooms: readonly Room[];
  readonly workspaces: readonly Workspace[];
  /** Runs the hooks before and after a bot's API request. */
  readonly around: CallHooks['around'];
  now(): number;
  stateOf(room: Room | undefined): WebhookState;
  /** Called if a room has a new message or rejection. */
  onChange(room: Room, message?: Message): void;
}

/** Handles a request whose path begins with a real platform's host, as that platform does. */
export async function handlePlatformRequest(
  request: IncomingMessage,
  response: ServerResponse,
  server: PlatformServer,
): Promise<void> {
  const url = realUrl(request.url ?? '/');
  const workspace = server.workspaces.find((each) => each.owns(url));
  if (workspace) return handleApiRequest(workspace, request, response, url, server);
  const platform = Object.values(PLATFORMS).find((each) => each.ownsHost(url.hostname));
  if (!platform) return reply(response, { status: 404, body: 'no chat platform answers for this host' });
  const room = server.rooms.find((each) => isWebhookOf(each, url));
  const body = await buffer(request);
  const fault = room && takeFault(room, body);
  if (fault?.kind === 'slow') await sleep(fault.delayMs ?? 1000, undefined, { ref: false });
  const call = parseRequest(request, url, room, body, server);
  if (fault && !isPosting(fault)) return fail(room, fault, response, server);
  const answer = platform.respond(call);
  if (room) record(room, platform, call, answer, server);
  if (fault?.kind === 'lost') request.socket.resetAndDestroy();
  else reply(response, answer);
}

async function handleApiRequest(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  server: PlatformServer,
): Promise<void> {
  const call = parseRequest(request, url, undefined, await buffer(request), server);
  const name = `${workspace.platform} ${call.method} ${url.pathname}`;
  const answer = await server.around(name, () => workspace.handleApiRequest(call));
  if (answer === 'cut') request.socket.resetAndDestroy();
  else if (answer !== 'silent') reply(response, answer);
}

/** `/oapi.dingtalk.com/robot/send?x` is `https://oapi.dingtalk.com/robot/send?x`. */
function realUrl(path: string): URL {
  const url = `https:/${path}`;
  return URL.canParse(url) ? new URL(url) : new URL('https://unknown.invalid');
}

function parseRequest(
  { method = 'GET', headers }: IncomingMessage,
  url: URL,
  room: Room | undefined,
  body: Buffer,
  server: PlatformServer,
): WebhookRequest {
  return {
    method,
    url,
    headers,
    body,
    room,
    at: server.now(),
    payload: parseObject(body),
    state: server.stateOf(room),
  };
}

function takeFault(room: Room, body: Buffer): Fault | undefined {
  const { fault } = room;
  if (!fault || fault.times < 1 || !body.includes(fault.bodyContains ?? '')) return undefined;
  fault.times -= 1;
  return fault;
}

const isPosting = ({ kind }: Fault): boolean => kind === 'lost' || kind === 'slow';

function fail(room: Room, fault: Fault, response: ServerResponse, server: PlatformServer): void {
  if (fault.kind === 'reset') response.socket?.resetAndDestroy();
  if (fault.kind !== 'answer') return;
  const { status = 500, body = 'Internal Server Error', headers } = fault;
  room.rejections.push({ at: server.now(), status, body });
  server.onChange(room);
  reply(response, { status, body, headers });
}

function record(
  room: Room,
  platform: ChatPlatform,
  { at, payload, body }: WebhookRequest,
  answer: WebhookResponse,
  server: PlatformServer,
): void {
  if (answer.outcome === 'rejected') {
    const { status, reason } = answer;
    room.rejections.push({ at, status, body: answer.body, ...(reason && { reason }) });
    server.onChange(room);
  } else if (answer.outcome === 'duplicate') {
    room.duplicateCount += 1;
  } else if (payload) {
    const message = { at, payload, bytes: body.length, view: platform.view(payload) };
    room.messages.push(message);
    server.onChange(room, message);
  }
}

function reply(response: ServerResponse, { status, body, headers }: Omit<WebhookResponse, 'outcome'>): void {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array;
  response.writeHead(status, { 'content-type': typeOf(body), ...headers }).end(isRaw ? body : JSON.stringify(body));
}

function typeOf(body: unknown): string {
  if (body instanceof Uint8Array) return 'application/octet-stream';
  return typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
}
