import type { Post, Talk, Workplace } from '../workplace';

/** A workplace as its page shows it, for whoever reads it by a program. */
export interface WorkplaceData {
  readonly platform: Workplace['platform'];
  readonly people: readonly { readonly id: string; readonly name: string; readonly external?: boolean }[];
  readonly talks: readonly (Omit<Talk, 'posts'> & { readonly posts: readonly Omit<Post, 'payload'>[] })[];
}

/** Without what the bot sent, which may hold what only the platform should see, and without secrets. */
export function dataOf({ platform, people, talks }: Workplace): WorkplaceData {
  return {
    platform,
    people: people.map(({ id, name, external }) => ({ id, name, ...(external && { external }) })),
    talks: talks.map(({ posts, ...talk }) => ({
      ...talk,
      posts: posts.map(({ at, id, by, seen, controls }) => ({ at, id, by, seen, controls })),
    })),
  };
}
