import { createHash } from 'node:crypto';
import type { Message, Refused, Room } from './chats';
import { textAt } from './json';
import { emojiOf, toneOf } from './mark';
import { STYLE } from './page-style';
import { PLATFORMS } from './platforms';

/** How many of the latest messages a window shows. */
const LATEST = 100;

const SCRIPT = `
const rooms = document.querySelectorAll('.feed');
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
};`;

/** Nothing may run in the page but its own script, and nothing may be fetched but its own feed. */
export const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "connect-src 'self'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
].join('; ');

/** The whole page, with what the rooms hold already in it. */
export function drawPage(rooms: readonly Room[]): string {
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Casebell 群聊 · Chats</title>
<style>${STYLE}</style>
</head>
<body>
<header>
  <h1>群聊 <span lang="en">Chats</span></h1>
  <p>本机模拟的聊天平台，消息即到即显 <span lang="en">The chat platforms of this machine, live</span></p>
  <i id="live" title="实时 live"></i>
</header>
<main>${rooms.map(drawRoom).join('')}</main>
<script>${SCRIPT}</script>
</body>
</html>`;
}

function drawRoom(room: Room): string {
  const { zh, en } = PLATFORMS[room.platform].name;
  const english = zh === en ? '' : ` <span lang="en">${safe(en)}</span>`;
  return `<section class="${room.platform}"><h2>${safe(zh)}${english}</h2><div class="feed">${drawFeed(room)}</div></section>`;
}

/** What a room shows, oldest first, refusals among the messages. */
export function drawFeed({ messages, refusals }: Room): string {
  const parts = [
    ...messages.slice(-LATEST).map((message) => ({ at: message.at, html: drawCard(message) })),
    ...refusals.slice(-LATEST).map((refusal) => ({ at: refusal.at, html: drawRefusal(refusal) })),
  ];
  const shown = parts.sort((one, other) => one.at - other.at).map(({ html }) => html);
  return shown.join('') || '<p class="empty">还没有消息<br><span lang="en">Nothing here yet</span></p>';
}

function drawCard({ at, seen }: Message): string {
  const { mark, title, lines, mentions } = seen;
  const tone = toneOf(mark);
  const sign = tone === 'plain' ? safe(emojiOf(mark)) : '';
  const heading = title || sign ? `<h3>${sign} ${safe(title)}</h3>` : '';
  const calls = mentions.map((mention) => `<b class="call">${safe(mention)}</b>`).join(' ');
  return `<article class="${tone}">${heading}${lines.map(drawLine).join('')}${calls && `<p>${calls}</p>`}${drawTime(at)}</article>`;
}

function drawRefusal({ at, status, body, reason }: Refused): string {
  const words = reason ?? [textAt(body, 'errmsg'), textAt(body, 'msg'), textAt(body, 'error', 'message')].find(Boolean);
  const why = safe((words ?? textOf(body)).slice(0, 200));
  return `<p class="refused"><b>拒收 <span lang="en">Refused</span></b> ${status} ${why}${drawTime(at)}</p>`;
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

function drawTime(at: number): string {
  return `<time>${new Date(at).toTimeString().slice(0, 5)}</time>`;
}

/** `label: value` as a fact, `label <url>` as a link, `│ words` as a quotation, `────` as a rule. */
function drawLine(line: string): string {
  if (/^─+$/.test(line)) return '<hr>';
  if (line.startsWith('│')) return `<blockquote>${drawLinks(line.slice(1).trim())}</blockquote>`;
  const [, label, value] = line.match(/^([^:：<>"{}]{1,32})(?:：\s*|:\s+)(\S.*)$/s) ?? [];
  if (label && value) return `<p class="fact"><span>${safe(label)}</span> ${drawLinks(value)}</p>`;
  return line.trim() ? `<p>${drawLinks(line)}</p>` : '<br>';
}

/** The words before a link are its label, unless they are a whole sentence. */
function drawLinks(line: string): string {
  const parts = line.split(/<(https?:\/\/[^<>\s]+)>/);
  return parts
    .map((part, index) => (index % 2 ? drawLink(part, parts[index - 1] ?? '') : drawWords(part, index, parts)))
    .join('');
}

function drawLink(url: string, before: string): string {
  const label = isLabel(before) ? before.trim() : url;
  return `<a href="${safe(url)}" rel="noreferrer" target="_blank">${safe(label)}</a>`;
}

function drawWords(words: string, index: number, parts: string[]): string {
  return index < parts.length - 1 && isLabel(words) ? ' ' : safe(words);
}

function isLabel(words: string): boolean {
  return words.trim() !== '' && words.length <= 80;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function safe(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
}
