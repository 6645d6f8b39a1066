import { emojiOf, type LocalizedText, type MessageView, toneOf } from '../message-view';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text that stays text, between tags and in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
}

/** A label in both languages; once if both are the same. */
export function drawLabel({ zh, en }: LocalizedText): string {
  return zh === en ? escapeHtml(zh) : `${escapeHtml(zh)} <span lang="en">${escapeHtml(en)}</span>`;
}

/** The content of a message, for an element of the class `toneOf(view.mark)`. */
export function drawView({ mark, title, lines, mentions }: MessageView): string {
  const emoji = toneOf(mark) === 'plain' ? escapeHtml(emojiOf(mark)) : '';
  const heading = title || emoji ? `<h3>${emoji} ${escapeHtml(title)}</h3>` : '';
  const called = mentions.map((mention) => `<b class="called">${escapeHtml(mention)}</b>`).join(' ');
  return `${heading}${lines.map(drawLine).join('')}${called && `<p>${called}</p>`}`;
}

/** @param at milliseconds since 1970; shown as hours and minutes of this machine. */
export function drawTime(at: number): string {
  return `<time>${new Date(at).toTimeString().slice(0, 5)}</time>`;
}

/** An error in a feed. @param id of its element, for updates of the page. */
export function drawError(label: LocalizedText, html: string, at: number, id?: string): string {
  const post = id === undefined ? '' : ` data-post="${escapeHtml(id)}"`;
  return `<p class="refused"${post}><b>${drawLabel(label)}</b> ${html}${drawTime(at)}</p>`;
}

/** The latest entries of a feed in the order of their times. */
export function drawFeed(entries: readonly { at: number; html: string }[]): string {
  const sorted = entries.toSorted((one, other) => one.at - other.at).slice(-MAX_ENTRIES);
  return sorted.map(({ html }) => html).join('');
}

const MAX_ENTRIES = 100;

/** `label: value` becomes a fact, `label <url>` a link, `│ text` a quotation, `────` a rule. */
function drawLine(line: string): string {
  if (/^─+$/.test(line)) return '<hr>';
  if (line.startsWith('│')) return `<blockquote>${drawLinks(line.slice(1).trim())}</blockquote>`;
  const [, label, value] = line.match(/^([^:：<>"{}]{1,32})(?:：\s*|:\s+)(\S.*)$/s) ?? [];
  if (label && value) return `<p class="fact"><span>${escapeHtml(label)}</span> ${drawLinks(value)}</p>`;
  return line.trim() ? `<p>${drawLinks(line)}</p>` : '<br>';
}

/** The text before a link is its label, unless it is a whole sentence. */
function drawLinks(line: string): string {
  const parts = line.split(/<(https?:\/\/[^<>\s]+)>/);
  return parts
    .map((part, index) => (index % 2 ? drawLink(part, parts[index - 1] ?? '') : drawText(part, index, parts)))
    .join('');
}

function drawLink(url: string, before: string): string {
  const label = isLabel(before) ? before.trim() : url;
  return `<a href="${escapeHtml(url)}" rel="noreferrer" target="_blank">${escapeHtml(label)}</a>`;
}

function drawText(text: string, index: number, parts: string[]): string {
  return index < parts.length - 1 && isLabel(text) ? ' ' : escapeHtml(text);
}

function isLabel(text: string): boolean {
  return text.trim() !== '' && text.length <= 80;
}
