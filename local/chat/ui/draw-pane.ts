import { drawBoth, type LocalizedText, safe } from '../draw-seen';
import type { Conversation, Workspace } from '../workspace';
import { KINDS } from './draw-list';
import { drawMiss, drawPost, type Miss, nameOf } from './draw-post';
import { liveControls } from './live-controls';

/** How many of the latest posts a talk shows. */
const LATEST = 100;
/** Platforms on which people lead cases in threads. */
const THREADED: readonly Workspace['platform'][] = ['slack'];
const EXTERNAL: LocalizedText = { zh: '外部', en: 'external' };
const EMPTY =
  '<p class="empty">还没有消息，说“帮助”试试<br><span lang="en">Nothing here yet: try saying “help”</span></p>';

/** A talk, and what a person needs to take part in it. @param misses what went wrong in it. */
export function drawPane(talk: Conversation, workspace: Workspace, misses: readonly Miss[], isShown: boolean): string {
  return `<div class="pane" data-talk="${safe(talk.id)}" data-kind="${talk.kind}"${isShown ? '' : ' hidden'}>
<div class="head">${drawHead(talk, workspace)}</div>
<div class="feed">${drawPosts(talk, workspace, misses)}</div>
${drawComposer(talk, workspace.users)}</div>`;
}

function drawHead(talk: Conversation, { users, conversations }: Workspace): string {
  const parent = conversations.find(({ id }) => id === talk.parent);
  const inside = parent ? ` · ${safe(parent.name)}` : '';
  const tabs = talk.tabs.map(drawTab).join('');
  return `<h3>${safe(talk.name)}</h3><p>${drawBoth(KINDS[talk.kind])}${inside}</p><p class="members">${talk.members
    .map((id) => drawMember(id, users))
    .join('')}</p>${tabs && `<p class="tabs">${tabs}</p>`}`;
}

function drawMember(id: string, people: Workspace['users']): string {
  const isExternal = people.find((person) => person.id === id)?.external;
  return `<span>${safe(nameOf(id, people))}${isExternal ? ` <i>${drawBoth(EXTERNAL)}</i>` : ''}</span>`;
}

/** A tab of a client opens pages only. */
function drawTab({ label, url }: Conversation['tabs'][number]): string {
  if (!/^https?:\/\//.test(url)) return `<span>📌 ${safe(label)}</span>`;
  return `<a href="${safe(url)}" rel="noreferrer" target="_blank">📌 ${safe(label)}</a>`;
}

function drawPosts({ posts, kind }: Conversation, { users, platform }: Workspace, misses: readonly Miss[]): string {
  const hasThreads = THREADED.includes(platform) && kind !== 'thread';
  const around = { people: users, live: liveControls(posts), hasThreads };
  const parts = [
    ...posts.map((post) => ({ at: post.at, html: drawPost(post, around) })),
    ...misses.map((miss) => ({ at: miss.at, html: drawMiss(miss) })),
  ];
  const shown = parts.sort((one, other) => one.at - other.at).slice(-LATEST);
  return shown.map(({ html }) => html).join('') || EMPTY;
}

function drawComposer({ kind, members }: Conversation, people: Workspace['users']): string {
  const who = members.map((id) => `<option value="${safe(id)}">${safe(nameOf(id, people))}</option>`).join('');
  const mention =
    kind === 'direct'
      ? ''
      : '<label class="mention"><input type="checkbox" checked> @机器人 <span lang="en">@bot</span></label>';
  return `<form class="say">
<p class="inside" hidden>💬 回复话题 <span lang="en">In the thread of</span> <b></b> <button type="button" aria-label="取消 Cancel">×</button></p>
<div><label class="who">我是 <span lang="en">I am</span> <select>${who}</select></label>${mention}
<label class="share">📎 文件 <span lang="en">File</span><input type="file"></label></div>
<textarea rows="1" required placeholder="说点什么，回车发送 · Say something, Enter sends"></textarea>
<button>发送 <span lang="en">Send</span></button><output></output></form>`;
}
