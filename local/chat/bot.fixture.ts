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
import { startChats } from './chats';
import { NOON } from './webhook.fixture';
import type { Conversation, Workspace } from './workspace';

/** A workspace and the product's bot behind a callback server, over real connections and with one test clock. */
export interface TestBot {
  readonly workspace: Workspace;
  readonly app: ChatApp;
  readonly clock: { now: number };
  readonly group: Conversation;
  /** The direct chat with the first user. */
  readonly direct: Conversation;
  /** The id of the first user. */
  readonly user: string;
  /** What the bot received, and the reasons of what it ignored. */
  readonly messages: ChatMessage[];
  readonly ignored: string[];
  readonly requests: CallbackRequest[];
  /** Requests a real URL from the emulators. */
  fetch(url: string, init?: RequestInit): Promise<Response>;
  /** The same with JSON. */
  call(
    url: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; wait: string | null; body: ReturnType<typeof Object> }>;
  close(): Promise<void>;
}

export async function startTestBot(name: string): Promise<TestBot> {
  const clock = { now: NOON };
  const chats = await startChats({ rooms: [], now: () => clock.now });
  const workspace = chats.workspaces.find(({ platform }) => platform === name);
  const platform = BOT_PLATFORMS.find((each) => each.name === name);
  const [group, direct] = workspace?.conversations ?? [];
  if (!workspace || !platform || !group || !direct) throw new Error(`There is no bot on ${name}.`);
  const resolveEndpoint = ({ host, pathname, search }: URL) => `${chats.url}/${host}${pathname}${search}`;
  const app = platform.open(workspace.secrets, { now: () => clock.now, timeoutMs: 1_000, resolveEndpoint });
  const received = { messages: [] as ChatMessage[], ignored: [] as string[], requests: [] as CallbackRequest[] };
  const server = await startCallbackServer((request) => {
    received.requests.push(request);
    const callback = app.receive(request);
    if (callback.kind === 'message') received.messages.push(callback.message);
    if (callback.kind === 'ignored') received.ignored.push(callback.reason);
    return callback.reply;
  });
  await workspace.subscribe(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  received.requests.length = 0;
  const request = (url: string, init?: RequestInit) => fetch(resolveEndpoint(new URL(url)), init);
  return {
    ...{ workspace, app, clock, group, direct, user: workspace.users[0]?.id ?? '' },
    ...received,
    fetch: request,
    async call(url, body, headers = {}) {
      const content = typeof body === 'string' ? body : JSON.stringify(body);
      const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: content };
      const response = await request(url, init);
      return { status: response.status, wait: response.headers.get('retry-after'), body: await response.json() };
    },
    async close() {
      await chats.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function startCallbackServer(receive: (request: CallbackRequest) => Callback['reply']): Promise<Server> {
  const server = createServer(async (request, response) => {
    const { method = '', headers } = request;
    try {
      const call = { method, headers: headers as Record<string, string>, body: await buffer(request) };
      const { status, body } = receive(call);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body === undefined ? '' : JSON.stringify(body));
    } catch (error) {
      response.writeHead(error instanceof ForgedRequestError ? 401 : 500).end();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}
