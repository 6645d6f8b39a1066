import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createCallHooks } from '../../../local/call-hooks';
import { createWorkspace, type FeishuOptions, type FeishuWorkspace } from '../../../local/chat/feishu/workspace';
import { handlePlatformRequest } from '../../../local/chat/handle-request';
import type { Conversation } from '../../../local/chat/workspace';
import { type Callback, type CallbackRequest, type ChatApp, ForgedRequestError } from '../chat-app';
import { feishuBot } from './bot';

const NOON = Date.parse('2026-05-01T12:00:00Z');

/** An emulated organisation, and our bot behind a callback url, over real connections. */
export interface TestWorkspace {
  workspace: FeishuWorkspace;
  app: ChatApp;
  clock: { now: number };
  group: Conversation;
  /** A direct chat of the first person. */
  direct: Conversation;
  /** Ids of 王芳, 李伟, Maria and a person of another organisation. */
  people: [string, string, string, string];
  /** What the bot has received, oldest first. */
  callbacks: (Callback | ForgedRequestError)[];
  callbackUrl: string;
  /** What the bot does after it has replied to a callback. */
  onCallback?: (callback: Callback) => Promise<void>;
  close(): Promise<void>;
}

interface Options extends FeishuOptions {
  secrets?: Record<string, string>;
  timeoutMs?: number;
}

export async function openTestWorkspace(options: Options = {}): Promise<TestWorkspace> {
  const clock = { now: NOON };
  const now = () => clock.now;
  const workspace = createWorkspace({ now, onChange: () => undefined, ...options });
  const platform = await listen((request, response) => {
    const context = {
      ...{ rooms: [], workspaces: [workspace], now, onChange: () => undefined, stateOf: () => MEMORY },
      around: createCallHooks().around,
    };
    handlePlatformRequest(request, response, context).catch((error) => response.writeHead(500).end(String(error)));
  });
  const resolveEndpoint = (url: URL) => `${urlOf(platform)}/${url.host}${url.pathname}${url.search}`;
  const app = feishuBot.open(
    { ...workspace.secrets, ...options.secrets },
    { now, resolveEndpoint, timeoutMs: options.timeoutMs ?? 1_000 },
  );
  const callbacks: TestWorkspace['callbacks'] = [];
  const bot = await listen(async (request, response) => {
    const callback = receive(app, await readRequest(request));
    callbacks.push(callback);
    if (callback instanceof ForgedRequestError) return void response.writeHead(401).end();
    reply(response, callback);
    await test.onCallback?.(callback);
  });
  const [group, direct] = workspace.conversations;
  const [fang, wei, maria, guest] = workspace.users.map(({ id }) => id);
  if (!group || !direct || !fang || !wei || !maria || !guest) throw new Error('the workspace has no users');
  const people: TestWorkspace['people'] = [fang, wei, maria, guest];
  const test: TestWorkspace = {
    ...{ workspace, app, clock, group, direct, people, callbacks, callbackUrl: urlOf(bot) },
    async close() {
      await workspace.close();
      for (const server of [platform, bot]) shut(server);
    },
  };
  return test;
}

const MEMORY = { limits: 'off' as const, requestTimes: [], blockedUntil: 0, idempotencyKeys: new Set<string>() };

function receive(app: ChatApp, request: CallbackRequest): Callback | ForgedRequestError {
  try {
    return app.receive(request);
  } catch (error) {
    if (error instanceof ForgedRequestError) return error;
    throw error;
  }
}

async function readRequest(request: IncomingMessage): Promise<CallbackRequest> {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return { method: request.method ?? '', headers, body: await buffer(request) };
}

function reply(response: ServerResponse, { reply: { status, body = '' } }: Callback): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function shut(server: Server): void {
  server.closeAllConnections();
  server.close();
}
