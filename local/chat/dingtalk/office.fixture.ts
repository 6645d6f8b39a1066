import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  BOT_PLATFORMS,
  type Callback,
  type CallbackRequest,
  type ChatApp,
  type ChatMessage,
  ForgedRequestError,
} from '@casebell/im/bots';
import { type ChatsOptions, startChats } from '../start-chats';
import { NOON } from '../visitor';
import type { Conversation, Workspace } from '../workspace';

/** Both halves of DingTalk, over real connections: its emulator, our bot, and a door for callbacks. */
export interface Office {
  workspace: Workspace;
  app: ChatApp;
  clock: { now: number };
  group: Conversation;
  /** The direct chat with the first person. */
  direct: Conversation;
  /** The first person's id. */
  li: string;
  /** What came in at the door and was let in, oldest first. */
  heard: Callback[];
  messages(): ChatMessage[];
  /** Calls the API by its real url. */
  call(url: string, body: unknown, headers?: Record<string, string>): Promise<{ status: number; body: unknown }>;
  /** Asks for anything by its real url. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

/** @param delay how long the door takes to answer its n-th caller, in ms. */
export async function openOffice(
  options: ChatsOptions = {},
  delay: (call: number) => number = () => 0,
): Promise<Office> {
  const clock = { now: NOON };
  const chats = await startChats({ now: () => clock.now, ...options });
  const workspace = chats.workspaces.find(({ platform }) => platform === 'dingtalk');
  const [group, direct] = workspace?.conversations ?? [];
  const [first] = workspace?.users ?? [];
  const platform = BOT_PLATFORMS.find(({ name }) => name === 'dingtalk');
  if (!workspace || !platform || !group || !direct || !first) throw new Error('There is no DingTalk here.');
  const resolveEndpoint = ({ host, pathname, search }: URL) => `${chats.url}/${host}${pathname}${search}`;
  const app = platform.open(workspace.secrets, { now: () => clock.now, timeoutMs: 3_000, resolveEndpoint });
  const heard: Callback[] = [];
  const door = await openDoor((request) => heard[heard.push(app.receive(request)) - 1], delay);
  await workspace.subscribe(`http://127.0.0.1:${(door.address() as AddressInfo).port}/`);
  return {
    workspace,
    app,
    clock,
    group,
    direct,
    li: first.id,
    heard,
    messages: () => heard.flatMap((callback) => (callback.kind === 'message' ? callback.message : [])),
    async call(url, body, headers = {}) {
      const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
      const content = typeof body === 'string' ? body : JSON.stringify(body);
      const response = await fetch(resolveEndpoint(new URL(url)), { ...init, body: content });
      return { status: response.status, body: await response.json() };
    },
    fetch: (url, init) => fetch(resolveEndpoint(new URL(url)), init),
    async close() {
      await chats.close();
      door.closeAllConnections();
      door.close();
    },
  };
}

async function openDoor(receive: (request: CallbackRequest) => Callback | undefined, delay: (call: number) => number) {
  let calls = 0;
  const door: Server = createServer(async (request, response) => {
    const { method = '', headers } = request;
    const body = await buffer(request);
    const wait = delay(calls++);
    try {
      const reply = receive({ method, headers: headers as Record<string, string>, body })?.reply;
      const answer = () => response.writeHead(reply?.status ?? 500).end(JSON.stringify(reply?.body));
      setTimeout(answer, wait).unref();
    } catch (error) {
      response.writeHead(error instanceof ForgedRequestError ? 403 : 500).end();
    }
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  return door;
}
