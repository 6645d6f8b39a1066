import { decodeEntities, hide, reveal } from '../inline-markdown';
import { everyObject, type Json, objectsAt, textAt } from '../json';
import { type MessageView, splitMark } from '../message-view';

/** Slack truncates a longer text. */
const MAX_TEXT = 40_000;

/** A message: its blocks, then its attachments; `text` only if there are no blocks. */
export function view(payload: Json): MessageView {
  const blocks = objectsAt(payload, 'blocks');
  const attachments = objectsAt(payload, 'attachments');
  const all = [...blocks, ...attachments.flatMap((attachment) => objectsAt(attachment, 'blocks'))];
  const header = all.find((block) => block.type === 'header');
  const { mark, title } = splitMark(readEmoji(textAt(header, 'text', 'text')));
  const text = blocks.length ? '' : textAt(payload, 'text').slice(0, MAX_TEXT);
  return {
    title,
    mark: attachments.map((attachment) => textAt(attachment, 'color')).find(Boolean) ?? mark,
    lines: [
      ...(text ? readMrkdwn(text).split('\n') : []),
      ...blocks.flatMap(linesOf),
      ...attachments.flatMap(linesOfAttachment),
    ],
    mentions: mentionsIn(payload),
  };
}

function linesOfAttachment(attachment: Json): string[] {
  const blocks = objectsAt(attachment, 'blocks');
  if (blocks.length) return blocks.flatMap(linesOf);
  const fields = objectsAt(attachment, 'fields').map((field) => `${textAt(field, 'title')}: ${textAt(field, 'value')}`);
  const parts = [textAt(attachment, 'title'), textAt(attachment, 'text'), ...fields].filter(Boolean);
  return parts.flatMap((part) => readMrkdwn(part).split('\n'));
}

function linesOf(block: Json): string[] {
  if (block.type === 'header') return [];
  if (block.type === 'divider') return ['────'];
  if (block.type === 'input') return [inputOf(block)];
  if (block.type === 'markdown') return readMrkdwn(textAt(block, 'text').replaceAll('**', '*')).split('\n');
  const parts = [...objectsAt([block.text]), ...objectsAt(block, 'fields'), ...objectsAt(block, 'elements')];
  return parts.flatMap(partOf);
}

/** An empty field shows its placeholder. */
function inputOf({ label, element }: Json): string {
  const initial = textAt(element, 'initial_value') || textAt(element, 'initial_option', 'text', 'text');
  return `${textAt(label, 'text')}: [${initial || textAt(element, 'placeholder', 'text')}]`;
}

function partOf(part: Json): string[] {
  if (part.type === 'button') {
    const url = textAt(part, 'url');
    return [`${readEmoji(textAt(part, 'text', 'text'))}${url ? ` <${url}>` : ''}`];
  }
  const text = textAt(part, 'text');
  const read = part.type === 'mrkdwn' ? readMrkdwn(text) : readEmoji(text);
  return read ? read.split('\n') : objectsAt(part, 'elements').flatMap(partOf);
}

/**
 * `plain_text` mentions no one. The top-level `text` counts even if blocks are shown instead of it; `link_names` and
 * `parse: full` make a bare `@channel` a mention.
 */
function mentionsIn(payload: Json): string[] {
  const parts = everyObject(payload).filter((part) => part.type !== 'plain_text' && part.type !== 'button');
  const texts = parts.flatMap((part) => [textAt(part, 'text'), textAt(part, 'pretext'), textAt(part, 'value')]);
  const bare = payload.parse === 'full' || payload.link_names ? /(?<!\w)@(channel|here|everyone)\b/g : /(?!)/g;
  const mentions = texts.flatMap((text) => [...mentionsInText(text), ...mentionsInText(text.replace(bare, '<!$1>'))]);
  return [...new Set(mentions)];
}

/** `<url|text>`, `<@U>`, `<#C>`, `<!channel>`, `<!subteam^S|@name>`: page "formatting text for app surfaces". */
const ANGLE = /<([@#!]?)([^<>|\n]+)(?:\|([^<>\n]*))?>/g;

const EMOJI: Record<string, string> = {
  rotating_light: '🚨',
  red_circle: '🔴',
  large_orange_circle: '🟠',
  large_yellow_circle: '🟡',
  large_green_circle: '🟢',
  large_blue_circle: '🔵',
  warning: '⚠️',
  white_check_mark: '✅',
  information_source: 'ℹ️',
  bell: '🔔',
  x: '❌',
};

/** mrkdwn as a person reads it. Only `&amp;`, `&lt;` and `&gt;` are entities; they are decoded last. */
function readMrkdwn(text: string): string {
  const read = readEmoji(text)
    .replace(/```([^`]+)```|`([^`\n]+)`/g, (_, block, code) =>
      hide(block ?? code).replace(/\uE03C|\uE03E|\uE07C/g, reveal),
    )
    .replace(ANGLE, (_, sigil, target, label) => hide(readAngle(sigil, target, label)))
    .replace(/(?<![\w*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\w*])/g, '$1')
    .replace(/(?<![\w_])_(?=\S)([^_\n]+)(?<=\S)_(?![\w_])/g, '$1')
    .replace(/(?<![\w~])~(?=\S)([^~\n]+)(?<=\S)~(?![\w~])/g, '$1')
    .replace(/^(?:>|&gt;)\s?/gm, '│ ');
  return reveal(read).replace(/&(?:amp|lt|gt);/g, decodeEntities);
}

function readEmoji(text: string): string {
  return text.replace(/:(\w+):/g, (whole, name) => EMOJI[name] ?? whole);
}

function readAngle(sigil: string, target: string, label: string | undefined): string {
  if (sigil === '@') return `@${target}`;
  if (sigil === '#') return `#${label ?? target}`;
  if (sigil === '!') return target.startsWith('date^') ? (label ?? '') : groupName(target);
  return label ? `${label} <${target}>` : `<${target}>`;
}

function groupName(group: string): string {
  return group === 'channel' || group === 'everyone' ? '@all' : `@${group.replace(/^subteam\^/, '')}`;
}

/** In code, too: nothing is documented there, so this is the worst case. */
function mentionsInText(text: string): string[] {
  return [...text.matchAll(ANGLE)].flatMap(([, sigil, target = '']) => {
    if (sigil === '@') return [`@${target}`];
    return sigil === '!' && /^(?:channel|here|everyone|subteam\^)/.test(target) ? [groupName(target)] : [];
  });
}
