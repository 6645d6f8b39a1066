import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { type Chats, startChats } from '../chats';
import { at } from '../json';
import { NOON } from '../webhook.fixture';
import type { Conversation, Workspace } from '../workspace';

/** A user of the page, in a workspace whose bot answers as the test wants. */
export interface PageClient {
  readonly chats: Chats;
  readonly workspace: Workspace;
  readonly group: Conversation;
  /** The id of the first user. */
  readonly user: string;
  /** The texts that the bot received. */
  readonly received: string[];
  /** The bot's response; at first an empty one. */
  readonly bot: { answer(response: ServerResponse): void };
  post(path: string, body: unknown, headers?: Record<string, string | undefined>): Promise<JsonResponse>;
  /** As the first user in the group. */
  act(action: string, input: object): Promise<JsonResponse>;
  get(path: string): Promise<string>;
  close(): Promise<void>;
}

interface JsonResponse {
  status: number;
  body: { kind?: string; text?: { zh: string; en: string }; error?: string };
}

export const replying = (message: object) => (response: ServerResponse) => void response.end(JSON.stringify(message));

/** A DingTalk card with buttons that type their labels. */
export const card = (title: string, ...buttons: string[]) => ({
  msgtype: 'actionCard',
  actionCard: {
    title,
    text: `# ${title}`,
    btns: buttons.map((label) => ({
      title: label,
      actionURL: `dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent(label)}`,
    })),
  },
});

export async function openPage(): Promise<PageClient> {
  const chats = await startChats({ now: () => NOON });
  const workspace = chats.workspaces.find(({ platform }) => platform === 'dingtalk');
  const [group] = workspace?.conversations ?? [];
  const user = workspace?.users[0]?.id;
  if (!workspace || !group || !user) throw new Error('There is no DingTalk.');
  const received: string[] = [];
  const bot = { answer: (response: ServerResponse) => void response.end() };
  const server = createServer(async (call, response) => {
    const callback: unknown = JSON.parse(await text(call));
    received.push(String(at(callback, 'text', 'content') ?? at(callback, 'msgtype')).trim());
    bot.answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await workspace.subscribe(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const post: PageClient['post'] = (path, body, headers) => send(chats.url + path, body, headers);
  return {
    ...{ chats, workspace, group, user, received, bot, post },
    act: (action, input) => post(`/conversations/dingtalk/${action}`, { by: user, conversation: group.id, ...input }),
    get: async (path) => (await fetch(chats.url + path)).text(),
    async close() {
      await chats.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** `fetch` would not send headers that only a browser sends. @param headers undefined leaves one out. */
async function send(
  url: string,
  body: unknown,
  headers: Record<string, string | undefined> = {},
): Promise<JsonResponse> {
  const content = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(content)}`, ...headers };
  const given = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const call = request(url, { method: 'POST', headers: Object.fromEntries(given) });
  call.end(content);
  const [response] = await once(call, 'response');
  return { status: response.statusCode, body: JSON.parse((await buffer(response)).toString()) };
}
