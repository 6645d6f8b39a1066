import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createCallHooks } from '../../../local/call-hooks';
import { createWorkspace, type FeishuOptions, type FeishuWorkspace } from '../../../local/chat/feishu/workspace';
import { handlePlatformRequest } from '../../../local/chat/handle-request';
import type { Conversation } from '../../../local/chat/workspace';
import { type Callback, type CallbackRequest, type ChatApp, ForgedRequestError } from '../chat-app';
import { feishuBot } from './bot';

export const NOON = Date.parse('2026-05-01T12:00:00Z');

/** Both halves of a chat: an organisation, and our bot behind a callback url, over real connections. */
export interface AtWork {
  workplace: FeishuWorkspace;
  app: ChatApp;
  clock: { now: number };
  group: Conversation;
  /** A direct chat of the first person. */
  direct: Conversation;
  /** Ids of 王芳, 李伟, Maria and the stranger. */
  people: [string, string, string, string];
  /** What the bot has received, oldest first. */
  callbacks: (Callback | ForgedRequestError)[];
  /** How long the bot takes to answer, in ms. */
  pace: { answer: number };
  callbackUrl: string;
  /** What the bot does about a callback after answering it. */
  work: { on?(callback: Callback): Promise<void> };
  close(): Promise<void>;
}

interface Options extends FeishuOptions {
  secrets?: Record<string, string>;
  /** How long our side waits, in ms; 500 if absent. */
  timeout?: number;
}

export async function atWork(options: Options = {}): Promise<AtWork> {
  const clock = { now: NOON };
  const now = () => clock.now;
  const workplace = createWorkspace({ now, onChange: () => undefined, ...options });
  const platform = await listen((request, response) => {
    const house = {
      ...{ rooms: [], workspaces: [workplace], now, onChange: () => undefined, stateOf: () => MEMORY },
      around: createCallHooks().around,
    };
    handlePlatformRequest(request, response, house).catch((error) => response.writeHead(500).end(String(error)));
  });
  const resolveEndpoint = (url: URL) => `${urlOf(platform)}/${url.host}${url.pathname}${url.search}`;
  const app = feishuBot.open(
    { ...workplace.secrets, ...options.secrets },
    { now, resolveEndpoint, timeoutMs: options.timeout ?? 1_000 },
  );
  const callbacks: AtWork['callbacks'] = [];
  const [pace, work]: [AtWork['pace'], AtWork['work']] = [{ answer: 0 }, {}];
  const bot = await listen(async (request, response) => {
    await new Promise((resolve) => setTimeout(resolve, pace.answer));
    const callback = waitForReply(app, await read(request));
    callbacks.push(callback);
    if (callback instanceof ForgedRequestError) return void response.writeHead(401).end();
    reply(response, callback);
    await work.on?.(callback);
  });
  const [group, direct] = workplace.conversations;
  const [fang, wei, maria, stranger] = workplace.users.map(({ id }) => id);
  if (!group || !direct || !fang || !wei || !maria || !stranger) throw new Error('nobody is at work');
  const people: AtWork['people'] = [fang, wei, maria, stranger];
  return {
    ...{ workplace, app, clock, group, direct, people, callbacks, pace, work, callbackUrl: urlOf(bot) },
    async close() {
      await workplace.close();
      for (const server of [platform, bot]) shut(server);
    },
  };
}

const MEMORY = { limits: 'off' as const, requestTimes: [], blockedUntil: 0, idempotencyKeys: new Set<string>() };

function waitForReply(app: ChatApp, request: CallbackRequest): Callback | ForgedRequestError {
  try {
    return app.receive(request);
  } catch (error) {
    if (error instanceof ForgedRequestError) return error;
    throw error;
  }
}

async function read(request: IncomingMessage): Promise<CallbackRequest> {
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
