import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { at } from '../json';
import { startChats } from '../start-chats';
import { NOON } from '../visitor';
import type { Conversation, Workspace } from '../workspace';

/** A colleague with a browser, in an organisation whose bot says what the test wants. */
export interface TalkVisitor {
  url: string;
  workspace: Workspace;
  group: Conversation;
  /** The first person's id. */
  me: string;
  clock: { now: number };
  /** What was said to the bot, oldest first. */
  heard: string[];
  /** How the bot answers the next call; by itself it answers ok, and says nothing. */
  bot: { answer(response: ServerResponse): void };
  post(path: string, body: unknown, headers?: Record<string, string | undefined>): Promise<Answer>;
  /** Does it in the group, as the first person. */
  act(way: string, input: object): Promise<Answer>;
  /** The page's part of the case bot. */
  page(): Promise<string>;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  body: { kind?: string; words?: { zh: string; en: string }; error?: string };
}

/** Lets the bot say this in its answer. */
export const saying = (message: object) => (response: ServerResponse) => void response.end(JSON.stringify(message));

/** A card of DingTalk with buttons that type their own words, and a form in its text. */
export const card = (words: string, ...buttons: string[]) => ({
  msgtype: 'actionCard',
  actionCard: {
    title: words,
    text: `# ${words}`,
    btns: buttons.map((title) => ({
      title,
      actionURL: `dtmd://dingtalkclient/sendMessage?content=${encodeURIComponent(title)}`,
    })),
  },
});

export async function visit(): Promise<TalkVisitor> {
  const clock = { now: NOON };
  const chats = await startChats({ now: () => clock.now });
  const workspace = chats.workspaces.find(({ platform }) => platform === 'dingtalk');
  const [group] = workspace?.conversations ?? [];
  const [me] = workspace?.users ?? [];
  if (!workspace || !group || !me) throw new Error('There is no DingTalk here.');
  const heard: string[] = [];
  const bot = { answer: (response: ServerResponse) => void response.end() };
  const door = createServer(async (call, response) => {
    heard.push(wordsOf(JSON.parse(await text(call))));
    bot.answer(response);
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  await workspace.subscribe(`http://127.0.0.1:${(door.address() as AddressInfo).port}/`);
  const post: TalkVisitor['post'] = (path, body, headers) => send(chats.url + path, body, headers);
  return {
    url: chats.url,
    workspace,
    group,
    me: me.id,
    clock,
    heard,
    bot,
    post,
    act: (way, input) => post(`/talks/dingtalk/${way}`, { by: me.id, talk: group.id, ...input }),
    page: async () => (await (await fetch(chats.url)).text()).match(/<div id="bot">.*(?=<\/main>)/s)?.[0] ?? '',
    async close() {
      await chats.close();
      door.closeAllConnections();
      door.close();
    },
  };
}

function wordsOf(callback: unknown): string {
  return String(at(callback, 'text', 'content') ?? at(callback, 'msgtype')).trim();
}

/** Not by `fetch`, which lets nobody say of themselves what only a browser says. @param headers undefined leaves one out. */
async function send(url: string, body: unknown, headers: Record<string, string | undefined> = {}): Promise<Answer> {
  const content = typeof body === 'string' ? body : JSON.stringify(body);
  const all = { 'content-type': 'application/json', 'content-length': `${Buffer.byteLength(content)}`, ...headers };
  const given = Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const call = request(url, { method: 'POST', headers: Object.fromEntries(given) });
  call.end(content);
  const [response] = await once(call, 'response');
  return { status: response.statusCode, body: JSON.parse((await buffer(response)).toString()) };
}
