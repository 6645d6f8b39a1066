import type { WorkspaceData } from '../chat/ui/actions';
import { drawFrame, platformTitle } from '../chat/ui/terminal';
import type { Control } from '../chat/workspace';
import type { ApplicationClient } from './client';
import { type BotPost, type ReplyTimeouts, readReplies } from './read-replies';

/** `say`, `press`, `submit` or `share`, and its input. */
export interface UserAction {
  readonly name: string;
  readonly input: object;
}

/** Where the action happens, by names or ids. */
export interface Target {
  readonly platform?: string;
  readonly by?: string;
  readonly talk?: string;
  /** In the thread of the bot's last message there; a new thread if there is none. */
  readonly thread?: boolean;
}

export interface Terminal {
  print(text: string): void;
  /** Columns. */
  readonly width: number;
  readonly isColoured: boolean;
  readonly timeouts: ReplyTimeouts;
}

/**
 * Runs an action of a person, and prints the bot's replies in any conversation of the platform.
 * @returns whether it reached the bot, or was not for the bot.
 * @throws if there is no such user, conversation, button or form.
 */
export async function runAction(
  client: ApplicationClient,
  target: Target,
  action: UserAction,
  terminal: Terminal,
): Promise<boolean> {
  const { workspace, by, conversation } = findPlace(await client.readWorkspaces(), target);
  const mention = conversation.kind === 'direct' ? { mention: false } : {};
  const input = { by, conversation: conversation.id, ...mention, ...action.input };
  const { kind, text } = await client.act(workspace.platform, action.name, input);
  if (kind !== 'answered') terminal.print(`${text.zh}。${text.en}.`);
  if (kind === 'not_called') return true;
  for await (const post of readReplies(client, workspace, terminal.timeouts)) {
    terminal.print(drawReply(post, workspace.platform, terminal));
  }
  return kind === 'answered';
}

type ConversationData = WorkspaceData['conversations'][number];

interface Place {
  readonly workspace: WorkspaceData;
  /** A user id. */
  readonly by: string;
  readonly conversation: Pick<ConversationData, 'id' | 'kind'>;
}

/** Without names: the first platform, its first user, and the user's conversation with the latest message. */
function findPlace(workspaces: readonly WorkspaceData[], target: Target): Place {
  const workspace = pick('platform', target.platform, workspaces, ({ platform }) => [platform]);
  const user = pick('user', target.by, workspace.users, ({ name, id }) => [name, id]);
  const own = workspace.conversations.filter(({ members }) => members.includes(user.id));
  const latestFirst = own.toSorted((one, other) => (other.posts.at(-1)?.at ?? 0) - (one.posts.at(-1)?.at ?? 0));
  const conversation = pick('conversation', target.talk, latestFirst, ({ name, id }) => [name, id]);
  return { workspace, by: user.id, conversation: target.thread ? threadIn(conversation) : conversation };
}

function threadIn({ name, posts }: ConversationData): Place['conversation'] {
  const root = posts.findLast(({ by }) => by === 'bot');
  if (!root) throw new Error(`The bot has not written in ${name} yet.`);
  return { id: root.id, kind: 'thread' };
}

function pick<T>(what: string, name: string | undefined, all: readonly T[], namesOf: (one: T) => string[]): T {
  const found = name === undefined ? all[0] : all.find((one) => namesOf(one).includes(name));
  if (found) return found;
  const choices = all.map((one) => namesOf(one)[0]).join(', ');
  throw new Error(`There is no ${what} ${name ?? 'here'}. There is: ${choices || 'none'}.`);
}

/** A frame with the message and, below it, the commands for its controls. */
function drawReply({ conversation, post }: BotPost, platform: string, { width, isColoured }: Terminal): string {
  const controls = post.controls.flatMap(commandsOf);
  const lines = [...post.view.lines, ...(controls.length ? ['', ...controls] : [])];
  return drawFrame(`${platformTitle(platform)} · ${conversation}`, { ...post.view, lines }, width, isColoured);
}

function commandsOf(control: Control): string[] {
  if (control.kind === 'button') return [`--press "${control.label}"`];
  return control.fields.map(({ name, label, value, options }) => {
    const choices = options ? ` (${options.map((option) => option.value).join(' | ')})` : '';
    const meaning = label === name ? '' : `  ${label}`;
    return `--submit "${name}=${value}"${choices}${meaning}`;
  });
}
