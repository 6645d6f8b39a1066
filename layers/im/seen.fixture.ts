import type { Payload, WebhookPlatform } from './channel';

/** The body of a message as a person sees it, by the rules of that platform's own markup. */
export function seen(platform: WebhookPlatform, payload: Payload): string {
  return READERS[platform.name]?.(payload) ?? '';
}

const READERS: Readonly<Record<string, (payload: Payload) => string>> = {
  dingtalk: (payload) => unmarked(behind('\n\n', at(payload, 'markdown', 'text')), BACKSLASH),
  feishu: (payload) => unmarked(at(payload, 'card', 'body', 'elements', 0, 'content')),
  wecom: (payload) => alike(unmarked(behind('\n', at(payload, 'markdown', 'content')), /(?!)/)),
  slack: (payload) => sectionsOf(payload).map(slackText).join(''),
  teams: (payload) => unmarked(at(payload, 'attachments', 0, 'content', 'body', 1, 'text'), BACKSLASH),
};

const BACKSLASH = /\\[!-/:-@[-`{-~]|&(?:amp|lt);/;
const ENTITY = /&#\d+;/;

function slackText(text: unknown): string {
  if (at(text, 'type') === 'plain_text') return at(text, 'text');
  const unlinked = at(text, 'text').replace(/<(https?:[^|>]*)(?:\|([^>]*))?>/g, (_, url, label) => label ?? url);
  return unlinked.replace(/&(?:amp|lt|gt);/g, unescaped);
}

/** Reads links and escapes from left to right, as a platform does. */
function unmarked(text: string, escaping = ENTITY): string {
  const markup = new RegExp(`(${escaping.source})|\\[((?:\\\\.|[^[\\]\\\\])*)\\]\\(https?:[^\\s)]*\\)`, 'g');
  return text
    .replace(/^> /gm, '')
    .replace(markup, (_, sign, label) => (sign ? unescaped(sign) : unmarked(label, escaping)));
}

function unescaped(sign: string): string {
  const named: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
  return named[sign] ?? (sign.startsWith('&#') ? String.fromCharCode(Number(sign.slice(2, -1))) : sign.slice(1));
}

function alike(text: string): string {
  return text.replaceAll('＜', '<').replaceAll('ˋ', '`');
}

function behind(mark: string, text: string): string {
  return text.slice(text.indexOf(mark) + mark.length);
}

function sectionsOf(payload: Payload): unknown[] {
  const attached = Object(payload.attachments)[0]?.blocks ?? [];
  return attached.map((block: Payload) => block.text);
}

function at(json: unknown, ...path: (string | number)[]): string {
  return String(path.reduce<unknown>((value, key) => Object(value)[key], json));
}

/** Without white space, of which platforms show as much as they like. */
export function letters(text: string): string {
  return text.replace(/[\s\u200b]/g, '');
}
