import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CallHooks, createCallHooks } from '../call-hooks';
import { handlePlatformRequest } from './handle-request';
import type { WebhookState } from './platform';
import { createWorkspaces } from './platforms';
import { createRoom, type Message, ROOMS, type Room, type RoomSetup } from './rooms';
import { createPageServer } from './ui/http-handler';
import type { Conversation, Workspace } from './workspace';

/** The chat platforms of this machine, behind one HTTP server. */
export interface Chats {
  /** `http://127.0.0.1:port`; the path begins with the real host: `/oapi.dingtalk.com/robot/send?access_token=...`. */
  readonly url: string;
  readonly rooms: Room[];
  /** Where people talk to the case bot. */
  readonly workspaces: readonly Workspace[];
  /** Called if a conversation has changed. */
  onConversation(listener: (conversation: Conversation, workspace: Workspace) => void): void;
  /** Called for each message that a room accepted. */
  onMessage(listener: (room: Room, message: Message) => void): void;
  /** Watches each API request of a bot, by platform, method and path: `feishu POST /open-apis/im/v1/chats`. */
  readonly watch: CallHooks['watch'];
  /** Adds a handler on the same port; it returns false if the request is for another one. */
  addHandler(handle: (request: IncomingMessage, response: ServerResponse) => boolean): void;
  close(): Promise<void>;
}

export interface ChatsOptions {
  /** 0, the default, picks a free port. */
  port?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** How many times as fast as real time the clock runs; 1 if absent. */
  rate?: () => number;
  /** Instead of one room on each platform. */
  rooms?: readonly RoomSetup[];
  /** `off`: no rate limits of webhooks. */
  limits?: 'real' | 'off';
}

/**
 * Starts the chat platforms on 127.0.0.1, with empty rooms.
 * @throws if the port is in use, with its number.
 */
export async function startChats(options: ChatsOptions = {}): Promise<Chats> {
  const { port = 0, now = Date.now, rate, rooms: setups = ROOMS, limits = 'real' } = options;
  const rooms = setups.map(createRoom);
  const messageListeners: ((room: Room, message: Message) => void)[] = [];
  const conversationListeners: ((conversation: Conversation, workspace: Workspace) => void)[] = [];
  const workspaces: Workspace[] = createWorkspaces({
    now,
    rate,
    onChange(conversation) {
      const workspace = workspaces.find(({ conversations }) => conversations.includes(conversation));
      if (workspace) for (const listener of conversationListeners) listener(conversation, workspace);
    },
  });
  const { watch, around } = createCallHooks();
  const page = createPageServer({ rooms, workspaces, now });
  conversationListeners.push(page.updateConversation);
  const onChange = (room: Room, message?: Message) => {
    page.updateRoom(room);
    if (message) for (const listener of messageListeners) listener(room, message);
  };
  const platformServer = { around, rooms, workspaces, now, stateOf: createStates(limits), onChange };
  const handlers = [page.handle];
  const server = createServer((request, response) => {
    if (handlers.some((handle) => handle(request, response))) return;
    const failed = (error: unknown) => void response.writeHead(500).end(`the emulator failed: ${error}`);
    handlePlatformRequest(request, response, platformServer).catch(failed);
  });
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ rooms, workspaces, watch },
    onConversation: (listener) => void conversationListeners.push(listener),
    onMessage: (listener) => void messageListeners.push(listener),
    addHandler: (handle) => void handlers.push(handle),
    async close() {
      await Promise.all(workspaces.map((workspace) => workspace.close()));
      await close(server);
    },
  };
}

function createStates(limits: WebhookState['limits']): (room: Room | undefined) => WebhookState {
  const states = new Map<Room | undefined, WebhookState>();
  return (room) => {
    const state = states.get(room) ?? { limits, requestTimes: [], blockedUntil: 0, idempotencyKeys: new Set<string>() };
    states.set(room, state);
    return state;
  };
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(
      `Port ${port} is in use: stop the process that uses it, or choose another port with --port (0 picks a free one).`,
    );
  }
}

/** Open pages and hanging requests would keep the server open, so they are cut. */
async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
