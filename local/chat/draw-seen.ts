import { emojiOf, toneOf } from './mark';
import type { MessageView } from './message-view';

/** Words that every label of the page has in both languages. */
export interface LocalizedText {
  readonly zh: string;
  readonly en: string;
}

/** A label in both languages, as HTML; once where both are the same. */
export function drawBoth({ zh, en }: LocalizedText): string {
  return zh === en ? safe(zh) : `${safe(zh)} <span lang="en">${safe(en)}</span>`;
}

/** What a message says, as HTML, for an element of the class `toneOf(seen.mark)`. */
export function drawSeen({ mark, title, lines, mentions }: MessageView): string {
  const sign = toneOf(mark) === 'plain' ? safe(emojiOf(mark)) : '';
  const heading = title || sign ? `<h3>${sign} ${safe(title)}</h3>` : '';
  const calls = mentions.map((mention) => `<b class="call">${safe(mention)}</b>`).join(' ');
  return `${heading}${lines.map(drawLine).join('')}${calls && `<p>${calls}</p>`}`;
}

/** @param at milliseconds since 1970; shown as this machine's hours and minutes. */
export function drawTime(at: number): string {
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

/** Text that stays text, between tags and in a quoted attribute. */
export function safe(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '');
}
