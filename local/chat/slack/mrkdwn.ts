import { decodeEntities, hide, reveal } from '../inline';

/** `<url|text>`, `<@U>`, `<#C>`, `<!channel>`, `<!subteam^S|@name>`: Slack's page "formatting text for app surfaces". */
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

/** Slack's own markup as a person reads it. Only `&amp;`, `&lt;` and `&gt;` are entities, and they are read last. */
export function readMrkdwn(text: string): string {
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

export function readEmoji(text: string): string {
  return text.replace(/:(\w+):/g, (whole, name) => EMOJI[name] ?? whole);
}

function readAngle(sigil: string, target: string, label: string | undefined): string {
  if (sigil === '@') return `@${target}`;
  if (sigil === '#') return `#${label ?? target}`;
  if (sigil === '!') return target.startsWith('date^') ? (label ?? '') : nameOf(target);
  return label ? `${label} <${target}>` : `<${target}>`;
}

function nameOf(group: string): string {
  return group === 'channel' || group === 'everyone' ? '@all' : `@${group.replace(/^subteam\^/, '')}`;
}

/** Who is called; inside code too, as nothing is documented there and we fear the worst. */
export function callsIn(text: string): string[] {
  return [...text.matchAll(ANGLE)].flatMap(([, sigil, target = '']) => {
    if (sigil === '@') return [`@${target}`];
    return sigil === '!' && /^(?:channel|here|everyone|subteam\^)/.test(target) ? [nameOf(target)] : [];
  });
}
