import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { textAt } from '../json';
import { toneOf } from '../message-view';
import { platformNamed } from '../platforms';
import type { Message, Rejection, Room } from '../rooms';
import { drawError, drawFeed, drawLabel, drawTime, drawView, escapeHtml } from './html';

const STYLE = readFileSync('local/chat/ui/browser.css', 'utf8');
const SCRIPT = readFileSync('local/chat/ui/browser.js', 'utf8');

/** Only the page's own script runs, and only it sends what people enter, to the page's own server. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "style-src 'unsafe-inline'",
  "connect-src 'self'",
  `script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'`,
].join('; ');

const CHATS = { zh: '群聊', en: 'Chats' };
const CASE_BOT = { zh: '工单机器人', en: 'Case bot' };
const REJECTED = { zh: '拒收', en: 'Rejected' };

/** The whole page with the current content of the rooms. @param bot the case bot's part; empty if there is none. */
export function drawPage(rooms: readonly Room[], bot: string): string {
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
  <h1>Casebell</h1>
  <nav><a href="#rooms">${drawLabel(CHATS)}</a>${bot && `<a href="#bot">${drawLabel(CASE_BOT)}</a>`}</nav>
  <p>本机模拟的聊天平台，消息即到即显 <span lang="en">Chat platforms emulated on this machine, live</span></p>
  <i id="live" title="实时 live"></i>
</header>
<main><div id="rooms">${rooms.map(drawRoom).join('')}</div>${bot && `<div id="bot">${bot}</div>`}</main>
<script>${SCRIPT}</script>
</body>
</html>`;
}

function drawRoom(room: Room): string {
  const { name, brandColor } = platformNamed(room.platform);
  const heading = `<h2>${drawLabel(name)}</h2>`;
  return `<section style="--brand:${brandColor}">${heading}<div class="feed">${drawRoomFeed(room)}</div></section>`;
}

/** The messages and rejections of a room, oldest first. */
export function drawRoomFeed({ messages, rejections }: Room): string {
  const feed = drawFeed([
    ...messages.map((message) => ({ at: message.at, html: drawMessage(message) })),
    ...rejections.map((rejection) => ({ at: rejection.at, html: drawRejection(rejection) })),
  ]);
  return feed || '<p class="empty">还没有消息<br><span lang="en">No messages yet</span></p>';
}

function drawMessage({ at, view }: Message): string {
  return `<article class="${toneOf(view.mark)}">${drawView(view)}${drawTime(at)}</article>`;
}

function drawRejection({ at, status, body, reason }: Rejection): string {
  const text = reason ?? [textAt(body, 'errmsg'), textAt(body, 'msg'), textAt(body, 'error', 'message')].find(Boolean);
  const shown = text ?? (typeof body === 'string' ? body : JSON.stringify(body));
  return drawError(REJECTED, `${status} ${escapeHtml(shown.slice(0, 200))}`, at);
}
