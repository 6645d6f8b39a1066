import type { LocalizedText } from '../message-view';
import { isBotPlatform } from '../platform';
import { platformNamed } from '../platforms';
import type { Conversation, Post, User, Workspace } from '../workspace';
import { activeControls, drawPost, nameOf, previewOf } from './draw-post';
import { drawError, drawFeed, drawLabel, drawTime, escapeHtml } from './html';

/** A callback that the bot did not accept. */
export interface FailedDelivery {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: LocalizedText;
}

const KINDS = {
  group: { zh: '群聊', en: 'Group', emoji: '👥' },
  direct: { zh: '单聊', en: 'Direct chat', emoji: '👤' },
  thread: { zh: '话题', en: 'Thread', emoji: '🧵' },
} as const;
const EXTERNAL = { zh: '外部', en: 'external' };
const FAILED = { zh: '未送达', en: 'Failed' };
const EMPTY =
  '<p class="empty">还没有消息，发送“帮助”试试<br><span lang="en">No messages yet: try sending “help”</span></p>';

/** A workspace: its list of conversations, and one of them opened. */
export function drawWorkspace(
  workspace: Workspace,
  failuresIn: (conversation: Conversation) => readonly FailedDelivery[],
): string {
  const { platform, conversations } = workspace;
  const { name, brandColor } = platformNamed(platform);
  const [selected] = listed(conversations);
  const panes = conversations.map((each) => drawPane(each, workspace, failuresIn(each), each === selected));
  return `<section class="workspace" style="--brand:${brandColor}" data-platform="${platform}"><h2>${drawLabel(name)}</h2>
<div class="columns"><nav class="conversations">${drawList(workspace)}</nav><div class="panes">${panes.join('')}</div></div></section>`;
}

/** The conversations, newest activity first; those without messages are folded. */
export function drawList({ conversations, users }: Pick<Workspace, 'conversations' | 'users'>): string {
  const shown = listed(conversations);
  const folded = conversations.filter((conversation) => !shown.includes(conversation));
  const entries = (all: readonly Conversation[]) => all.map((each) => drawEntry(each, users)).join('');
  if (folded.length === 0) return entries(shown);
  const label = drawLabel({ zh: `还没有消息的 ${folded.length} 个`, en: `${folded.length} without messages` });
  return `${entries(shown)}<details><summary>${label}</summary>${entries(folded)}</details>`;
}

/** The conversations that are not folded; the first one is open at first. */
function listed(conversations: readonly Conversation[]): readonly Conversation[] {
  const active = conversations.filter(({ posts }) => posts.length > 0);
  const sorted = active.sort((one, other) => lastActivity(other) - lastActivity(one));
  return sorted.length > 0 ? sorted : conversations.slice(0, 1);
}

function lastActivity({ posts }: Conversation): number {
  return posts.at(-1)?.at ?? 0;
}

function drawEntry({ id, kind, name, posts }: Conversation, users: readonly User[]): string {
  const last = posts.at(-1);
  const latest = last ? `<small>${escapeHtml(latestText(last, users))}</small>${drawTime(last.at)}` : '';
  const { zh, en, emoji } = KINDS[kind];
  const icon = `<b title="${zh} ${en}">${emoji}</b>`;
  return `<button type="button" data-conversation="${escapeHtml(id)}">${icon} ${escapeHtml(name)}${latest}</button>`;
}

function latestText(post: Post, users: readonly User[]): string {
  const author = post.by === 'bot' ? '' : `${nameOf(post.by, users)}：`;
  return `${author}${previewOf(post)}`.slice(0, 80);
}

/** A conversation with its input. */
export function drawPane(
  conversation: Conversation,
  workspace: Workspace,
  failures: readonly FailedDelivery[],
  isSelected: boolean,
): string {
  const { id, kind } = conversation;
  return `<div class="pane" data-conversation="${escapeHtml(id)}" data-kind="${kind}"${isSelected ? '' : ' hidden'}>
<div class="head">${drawHead(conversation, workspace)}</div>
<div class="feed">${drawPosts(conversation, workspace, failures)}</div>
${drawInput(conversation, workspace.users)}</div>`;
}

function drawHead({ name, kind, parent, members, tabs }: Conversation, { users, conversations }: Workspace): string {
  const channel = conversations.find(({ id }) => id === parent);
  const inside = channel ? ` · ${escapeHtml(channel.name)}` : '';
  const people = members.map((id) => drawUser(id, users)).join('');
  const pinned = tabs.length > 0 ? `<p class="tabs">${tabs.map(drawTab).join('')}</p>` : '';
  return `<h3>${escapeHtml(name)}</h3><p>${drawLabel(KINDS[kind])}${inside}</p><p class="members">${people}</p>${pinned}`;
}

function drawUser(id: string, users: readonly User[]): string {
  const isExternal = users.find((user) => user.id === id)?.external;
  return `<span>${escapeHtml(nameOf(id, users))}${isExternal ? ` <i>${drawLabel(EXTERNAL)}</i>` : ''}</span>`;
}

/** Only web pages become links. */
function drawTab({ label, url }: Conversation['tabs'][number]): string {
  if (!/^https?:\/\//.test(url)) return `<span>📌 ${escapeHtml(label)}</span>`;
  return `<a href="${escapeHtml(url)}" rel="noreferrer" target="_blank">📌 ${escapeHtml(label)}</a>`;
}

function drawPosts(
  { posts, kind }: Conversation,
  { users, platform }: Workspace,
  failures: readonly FailedDelivery[],
): string {
  const chat = platformNamed(platform);
  const hasThreads = isBotPlatform(chat) && chat.caseConversation === 'thread';
  const context = { users, activeControls: activeControls(posts), hasThreads: hasThreads && kind !== 'thread' };
  const feed = drawFeed([
    ...posts.map((post) => ({ at: post.at, html: drawPost(post, context) })),
    ...failures.map(({ at, id, text }) => ({ at, html: drawError(FAILED, drawLabel(text), at, id) })),
  ]);
  return feed || EMPTY;
}

function drawInput({ kind, members }: Conversation, users: readonly User[]): string {
  const authors = members.map((id) => `<option value="${escapeHtml(id)}">${escapeHtml(nameOf(id, users))}</option>`);
  const mention =
    kind === 'direct'
      ? ''
      : '<label class="mention"><input type="checkbox" checked> @机器人 <span lang="en">@bot</span></label>';
  return `<form class="say">
<p class="inside" hidden>💬 回复话题 <span lang="en">Reply in thread</span> <b></b> <button type="button" aria-label="取消 Cancel">×</button></p>
<div><label class="who">我是 <span lang="en">I am</span> <select>${authors.join('')}</select></label>${mention}
<label class="share">📎 文件 <span lang="en">File</span><input type="file"></label></div>
<textarea rows="1" required placeholder="输入消息，回车发送 · Type a message, Enter sends"></textarea>
<button>发送 <span lang="en">Send</span></button><output></output></form>`;
}
