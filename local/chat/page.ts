import { createHash } from 'node:crypto';
import type { Message, Rejection, Room } from './chats';
import { drawBoth, drawSeen, drawTime, safe } from './draw-seen';
import { textAt } from './json';
import { toneOf } from './mark';
import { STYLE } from './page-style';
import { PLATFORMS } from './platforms';
import { TALKS_SCRIPT } from './ui/talks-script';
import { TALKS_STYLE } from './ui/talks-style';

/** How many of the latest messages a window shows. */
const LATEST = 100;

const ROOMS_SCRIPT = `
const rooms = document.querySelectorAll('#rooms .feed');
const live = document.querySelector('#live');
const bottom = (feed) => { feed.scrollTop = feed.scrollHeight; };
rooms.forEach(bottom);
const source = new EventSource('/live');
source.onopen = () => { live.className = 'on'; };
source.onerror = () => { live.className = ''; };
source.onmessage = ({ data }) => {
  const { room, html } = JSON.parse(data);
  const feed = rooms[room];
  if (feed.dataset.last === html) return;
  const grew = feed.dataset.last !== undefined;
  feed.dataset.last = html;
  feed.innerHTML = html;
  if (grew) feed.lastElementChild?.classList.add('new');
  bottom(feed);
};
addEventListener('hashchange', () => rooms.forEach(bottom));
`;
const SCRIPT = ROOMS_SCRIPT + TALKS_SCRIPT;

/** Nothing may run in the page but its own script, which alone sends what people enter, and only to where it is from. */
export const POLICY = [
  "default-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "style-src 'unsafe-inline'",
  "connect-src 'self'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
].join('; ');

/** The whole page, with what the rooms hold already in it. @param bot the case bot's part; empty where there is none. */
export function drawPage(rooms: readonly Room[], bot: string): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Casebell 群聊 · Chats</title>
<style>${STYLE}${TALKS_STYLE}</style>
</head>
<body>
<header>
  <h1>Casebell</h1>
  <nav><a href="#rooms">${drawBoth(CHATS)}</a>${bot && `<a href="#bot">${drawBoth(CASE_BOT)}</a>`}</nav>
  <p>本机模拟的聊天平台，消息即到即显 <span lang="en">The chat platforms of this machine, live</span></p>
  <i id="live" title="实时 live"></i>
</header>
<main><div id="rooms">${rooms.map(drawRoom).join('')}</div>${bot && `<div id="bot">${bot}</div>`}</main>
<script>${SCRIPT}</script>
</body>
</html>`;
}

const CHATS = { zh: '群聊', en: 'Chats' };
const CASE_BOT = { zh: '工单机器人', en: 'Case bot' };

function drawRoom(room: Room): string {
  const heading = drawBoth(PLATFORMS[room.platform].name);
  return `<section class="${room.platform}"><h2>${heading}</h2><div class="feed">${drawFeed(room)}</div></section>`;
}

/** What a room shows, oldest first, refusals among the messages. */
export function drawFeed({ messages, rejections }: Room): string {
  const parts = [
    ...messages.slice(-LATEST).map((message) => ({ at: message.at, html: drawCard(message) })),
    ...rejections.slice(-LATEST).map((refusal) => ({ at: refusal.at, html: drawRefusal(refusal) })),
  ];
  const shown = parts.sort((one, other) => one.at - other.at).map(({ html }) => html);
  return shown.join('') || '<p class="empty">还没有消息<br><span lang="en">Nothing here yet</span></p>';
}

function drawCard({ at, view }: Message): string {
  return `<article class="${toneOf(view.mark)}">${drawSeen(view)}${drawTime(at)}</article>`;
}

function drawRefusal({ at, status, body, reason }: Rejection): string {
  const words = reason ?? [textAt(body, 'errmsg'), textAt(body, 'msg'), textAt(body, 'error', 'message')].find(Boolean);
  const why = safe((words ?? textOf(body)).slice(0, 200));
  return `<p class="refused"><b>拒收 <span lang="en">Refused</span></b> ${status} ${why}${drawTime(at)}</p>`;
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
