import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallHooks } from '../call-hooks';
import type { Fault, Message, Room } from './chats';
import { parseObject } from './json';
import type { WebhookPlatform, WebhookRequest, WebhookResponse, WebhookState } from './platform';
import { PLATFORMS } from './platforms';
import { isAt } from './rooms';
import type { Workspace } from './workspace';

/** What a request to a chat platform needs to be answered. */
export interface PlatformServer {
  readonly rooms: readonly Room[];
  readonly workspaces: readonly Workspace[];
  /** For whoever watches the calls of bots. */
  readonly around: CallHooks['around'];
  now(): number;
  memoryOf(room: Room | undefined): WebhookState;
  /** A room has a new message or a new refusal. */
  changed(room: Room, message?: Message): void;
}

/** Faults that let the message through. */
const SHOWING: readonly Fault['kind'][] = ['lost', 'slow'];

/** Answers a request whose path begins with a real platform's host, as that platform would. */
export async function handlePlatformRequest(
  request: IncomingMessage,
  response: ServerResponse,
  house: PlatformServer,
): Promise<void> {
  const url = realUrl(request.url ?? '/');
  const workspace = house.workspaces.find((each) => each.owns(url));
  if (workspace) return consult(workspace, request, response, url, house);
  const platform = Object.values(PLATFORMS).find(({ owns }) => owns(url.hostname));
  if (!platform) return reply(response, { status: 404, body: 'no chat platform answers for this host' });
  const room = house.rooms.find((each) => isAt(each, url));
  const body = await buffer(request);
  const fault = room && takeFault(room, body);
  if (fault?.kind === 'slow') await sleep(fault.ms ?? 1000, undefined, { ref: false });
  const call = callOf(request, url, room, body, house);
  if (fault && !SHOWING.includes(fault.kind)) return fail(room, fault, response, house);
  const answer = platform.respond(call);
  if (room) settle(room, platform, call, answer, house);
  if (fault?.kind === 'lost') request.socket.resetAndDestroy();
  else reply(response, answer);
}

/** A call of our bot to a platform's API. */
async function consult(
  workspace: Workspace,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  house: PlatformServer,
): Promise<void> {
  const call = callOf(request, url, undefined, await buffer(request), house);
  const name = `${workspace.platform} ${call.method} ${url.pathname}`;
  const answer = await house.around(name, () => workspace.handleApiRequest(call));
  if (answer === 'cut') request.socket.resetAndDestroy();
  else if (answer !== 'silent') reply(response, answer);
}

/** `/oapi.dingtalk.com/robot/send?x` is `https://oapi.dingtalk.com/robot/send?x`; anything else has a host of nobody's. */
function realUrl(path: string): URL {
  const url = `https:/${path}`;
  return URL.canParse(url) ? new URL(url) : new URL('https://nobody.invalid');
}

function callOf(
  request: IncomingMessage,
  url: URL,
  room: Room | undefined,
  body: Buffer,
  house: PlatformServer,
): WebhookRequest {
  const { method = 'GET', headers } = request;
  return {
    method,
    url,
    headers,
    body,
    room,
    at: house.now(),
    payload: parseObject(body),
    state: house.memoryOf(room),
  };
}

function takeFault(room: Room, body: Buffer): Fault | undefined {
  const { fault } = room;
  if (!fault || fault.times < 1 || !body.includes(fault.bodyContains ?? '')) return undefined;
  fault.times -= 1;
  return fault;
}

function fail(room: Room, fault: Fault, response: ServerResponse, house: PlatformServer): void {
  if (fault.kind === 'reset') response.socket?.resetAndDestroy();
  if (fault.kind !== 'answer') return;
  const { status = 500, body = 'Internal Server Error', headers } = fault;
  room.rejections.push({ at: house.now(), status, body });
  house.changed(room);
  reply(response, { status, body, headers });
}

function settle(
  room: Room,
  platform: WebhookPlatform,
  call: WebhookRequest,
  answer: WebhookResponse,
  house: PlatformServer,
): void {
  const { at, payload, body } = call;
  if (answer.outcome === 'refused') {
    room.rejections.push({
      at,
      status: answer.status,
      body: answer.body,
      ...(answer.reason && { reason: answer.reason }),
    });
    house.changed(room);
  } else if (answer.outcome === 'repeated') {
    room.duplicateCount += 1;
  } else if (payload) {
    const message = { at, payload, bytes: body.length, view: platform.view(payload) };
    room.messages.push(message);
    house.changed(room, message);
  }
}

type Reply = Pick<WebhookResponse, 'status' | 'body' | 'headers'>;

function reply(response: ServerResponse, { status, body, headers }: Reply): void {
  const raw = typeof body === 'string' || body instanceof Uint8Array;
  response.writeHead(status, { 'content-type': typeOf(body), ...headers }).end(raw ? body : JSON.stringify(body));
}

function typeOf(body: unknown): string {
  if (body instanceof Uint8Array) return 'application/octet-stream';
  return typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
}
