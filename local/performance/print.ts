import { drawMessage } from '../chat/screen';
import type { Post, Workspace } from '../chat/workspace';

/** Columns of a card in the terminal. */
export const WIDTH = 78;

/** Who said what, and what the bot answered: the bot's posts as cards, the others as a line. */
export function printSaid({ platform, users }: Workspace, posts: readonly Post[]): string {
  const nameOf = (id: string): string => users.find((person) => person.id === id)?.name ?? id;
  const drawn = (post: Post): string =>
    post.by === 'bot'
      ? drawMessage({ platform }, post, WIDTH, process.stdout.isTTY)
      : `  ${nameOf(post.by)}: ${post.view.lines.join('\n    ')}`;
  return posts.map(drawn).join('\n');
}
