import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  BOT_PLATFORMS,
  type CallbackRequest,
  type ChatApp,
  type ChatMessage,
  ForgedRequestError,
} from '@casebell/im/bots';
import { startChats } from '../start-chats';
import { NOON } from '../visitor';
import type { Workspace } from '../workspace';

/** Both halves: the workspace, and our app behind a callback server, over real connections and on one clock. */
export interface Bot {
  readonly workspace: Workspace;
  readonly app: ChatApp;
  readonly clock: { now: number };
  /** The address of the emulated platforms. */
  readonly platforms: string;
  readonly heard: ChatMessage[];
  /** Why others were not heard. */
  readonly unheard: string[];
  readonly requests: CallbackRequest[];
  /** Before it is answered; throwing makes it an HTTP 500. */
  before(request: CallbackRequest): Promise<void> | void;
  close(): Promise<void>;
}

/** @param options.timeout ms that the bot waits for an answer */
export async function startBot({
  rate = 1,
  timeoutMs = 1000,
}: {
  rate?: number;
  timeoutMs?: number;
} = {}): Promise<Bot> {
  const clock = { now: NOON };
  const chats = await startChats({ rooms: [], now: () => clock.now, rate: () => rate });
  const workspace = chats.workspaces.find(({ platform }) => platform === 'slack');
  const platform = BOT_PLATFORMS.find(({ name }) => name === 'slack');
  if (!workspace || !platform) throw new Error('There is no Slack.');
  const resolveEndpoint = (url: URL) => `${chats.url}/${url.host}${url.pathname}${url.search}`;
  const app = platform.open(workspace.secrets, { now: () => clock.now, resolveEndpoint, timeoutMs });
  const state: Pick<Bot, 'heard' | 'unheard' | 'requests' | 'before'> = {
    heard: [],
    unheard: [],
    requests: [],
    before: () => undefined,
  };
  const bot: Bot = { workspace, app, clock, platforms: chats.url, ...state, close };
  const server = await listen(bot);
  await workspace.subscribe(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack`);
  bot.requests.length = 0;
  return bot;

  async function close() {
    await chats.close();
    server.closeAllConnections();
    server.close();
  }
}

async function listen(bot: Bot): Promise<Server> {
  const server = createServer(async (request, response) => {
    const call = await callOf(request);
    bot.requests.push(call);
    try {
      await bot.before(call);
      const { status, body } = answer(bot, call);
      response
        .writeHead(status, { 'content-type': 'application/json' })
        .end(body === undefined ? '' : JSON.stringify(body));
    } catch (error) {
      response.writeHead(error instanceof ForgedRequestError ? 401 : 500).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function answer(bot: Bot, call: CallbackRequest) {
  const callback = bot.app.receive(call);
  if (callback.kind === 'message') bot.heard.push(callback.message);
  if (callback.kind === 'ignored') bot.unheard.push(callback.reason);
  return callback.reply;
}

async function callOf(request: IncomingMessage): Promise<CallbackRequest> {
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  return { method: request.method ?? '', headers, body: await buffer(request) };
}
