import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCallHooks } from '../call-hooks';
import type { Chats, Message, Room, RoomSetup } from './chats';
import { handlePlatformRequest } from './handle-request';
import type { WebhookState } from './platform';
import { openRoom, ROOMS } from './rooms';
import { openWindow } from './window';
import type { Conversation, Workspace } from './workspace';
import { createWorkspaces } from './workspaces';

export interface ChatsOptions {
  /** 0, the default, picks a free one. */
  port?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** How many times as fast as real seconds platforms deliver again; 1 if absent. */
  rate?: () => number;
  /** Instead of one room on each platform. */
  rooms?: readonly RoomSetup[];
  /** `off` lets a demo send faster than the real platforms would have it. */
  limits?: 'real' | 'off';
}

/**
 * Opens the chat platforms of this machine on 127.0.0.1, with their rooms empty.
 * @throws when the port is taken, saying which one.
 */
export async function startChats(options: ChatsOptions = {}): Promise<Chats> {
  const { port = 0, now = Date.now, rate, rooms: setups = ROOMS, limits = 'real' } = options;
  const rooms = setups.map(openRoom);
  const listeners: ((room: Room, message: Message) => void)[] = [];
  const talkListeners: ((talk: Conversation, workspace: Workspace) => void)[] = [];
  const workspaces: Workspace[] = createWorkspaces({
    now,
    rate,
    onChange(talk) {
      const workspace = workspaces.find(({ conversations }) => conversations.includes(talk));
      if (workspace) for (const listener of talkListeners) listener(talk, workspace);
    },
  });
  const { watch, around } = createCallHooks();
  const window = openWindow({ rooms, workspaces, now });
  talkListeners.push(window.refreshTalk);
  const house = {
    around,
    rooms,
    workspaces,
    now,
    memoryOf: openMemories(limits),
    changed(room: Room, message?: Message) {
      window.refresh(room);
      if (message) for (const listener of listeners) listener(room, message);
    },
  };
  const answers = [window.show];
  const server = createServer((request, response) => {
    if (!answers.some((answer) => answer(request, response))) {
      handlePlatformRequest(request, response, house).catch((error) =>
        response.writeHead(500).end(`the emulator failed: ${error}`),
      );
    }
  });
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rooms,
    workspaces,
    onConversation: (listener) => void talkListeners.push(listener),
    onMessage: (listener) => void listeners.push(listener),
    watch,
    addHandler: (answer) => void answers.push(answer),
    async close() {
      await Promise.all(workspaces.map((workspace) => workspace.close()));
      await close(server);
    },
  };
}

/** What each room remembers of its visitors. */
function openMemories(limits: WebhookState['limits']): (room: Room | undefined) => WebhookState {
  const memories = new Map<Room | undefined, WebhookState>();
  return (room) => {
    const memory = memories.get(room) ?? {
      limits,
      requestTimes: [],
      blockedUntil: 0,
      idempotencyKeys: new Set<string>(),
    };
    memories.set(room, memory);
    return memory;
  };
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new Error(
      `Port ${port} is taken: stop what listens there, or choose another with --port (0 picks a free one).`,
    );
  }
}

/** Hanging requests and open pages would keep it waiting for ever, so they are cut. */
async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
