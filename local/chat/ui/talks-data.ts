import type { Conversation, Post, Workspace } from '../workspace';

/** A workspace as its page shows it, for whoever reads it by a program. */
export interface WorkspaceData {
  readonly platform: Workspace['platform'];
  readonly people: readonly { readonly id: string; readonly name: string; readonly external?: boolean }[];
  readonly talks: readonly (Omit<Conversation, 'posts'> & { readonly posts: readonly Omit<Post, 'payload'>[] })[];
}

/** Without what the bot sent, which may hold what only the platform should see, and without secrets. */
export function dataOf({ platform, users, conversations }: Workspace): WorkspaceData {
  return {
    platform,
    people: users.map(({ id, name, external }) => ({ id, name, ...(external && { external }) })),
    talks: conversations.map(({ posts, ...talk }) => ({
      ...talk,
      posts: posts.map(({ at, id, by, view, controls }) => ({ at, id, by, view, controls })),
    })),
  };
}
