import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkspaceData } from '../chat/ui/actions';
import type { ApplicationClient } from './client';

export interface BotPost {
  /** The name of the conversation. */
  readonly conversation: string;
  readonly post: WorkspaceData['conversations'][number]['posts'][number];
}

/** Real time. */
export interface ReplyTimeouts {
  readonly firstMs: number;
  /** After each reply. */
  readonly nextMs: number;
}

const POLL_MS = 100;

/** The bot's new posts in a workspace, until the application is idle or a timeout ends. */
export async function* readReplies(
  client: ApplicationClient,
  before: WorkspaceData,
  { firstMs, nextMs }: ReplyTimeouts,
): AsyncGenerator<BotPost> {
  const known = new Set(botPostsIn(before).map(keyOf));
  const ending = new AbortController();
  let isIdle = false;
  void client.idle(ending.signal).then(() => {
    isIdle = true;
  });
  let deadline = performance.now() + firstMs;
  for (let isLast = false; !isLast; ) {
    // The posts of an idle application are complete, so they are read once more.
    isLast = isIdle || performance.now() >= deadline;
    const workspace = (await client.readWorkspaces()).find(({ platform }) => platform === before.platform);
    const fresh = workspace ? botPostsIn(workspace).filter((each) => !known.has(keyOf(each))) : [];
    for (const each of fresh) {
      known.add(keyOf(each));
      deadline = performance.now() + nextMs;
      yield each;
    }
    if (!isLast) await sleep(POLL_MS);
  }
  ending.abort();
}

function botPostsIn({ conversations }: WorkspaceData): BotPost[] {
  const all = conversations.flatMap(({ name, posts }) => posts.map((post) => ({ conversation: name, post })));
  const fromBot = all.filter(({ post }) => post.by === 'bot').toSorted((one, other) => one.post.at - other.post.at);
  // A post in a channel and in its thread is one.
  return [...new Map(fromBot.map((each) => [keyOf(each), each])).values()];
}

/** An updated card has another key. */
function keyOf({ post }: BotPost): string {
  return JSON.stringify([post.id, post.view, post.controls]);
}
