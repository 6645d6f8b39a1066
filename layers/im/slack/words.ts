import type { User } from '../chat-app';

/** What a person wrote, as they wrote it, and whom they called beside the bot. */
export interface Words {
  text: string;
  mentions: User[];
  /** Whether the bot was called. */
  callsBot: boolean;
}

/** `<@U1|name>`, `<#C1|name>`, `<!here>`, `<https://a.example|label>`: "Formatting message text" of docs.slack.dev. */
const ANGLE = /<(@|#|!|[a-z][a-z0-9+.-]*:)([^<>|\n]*)(?:\|([^<>\n]*))?>/gi;
const ENTITY = /&(amp|lt|gt);/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };
/** What people put behind the name of whom they call. */
const AFTER_NAME = /^[\s:,，：]+/;

/**
 * Reads Slack's markup. The mentions of the bot are taken off, and nothing else with them; other people, channels and links
 * stay as a person sees them.
 * @param bots user ids of our own bot
 */
export function readWords(markup: string, bots: readonly string[] = []): Words {
  const mentions = new Map<string, User>();
  let callsBot = false;
  const isBot = (sigil: string, id: string) => sigil === '@' && bots.includes(id);
  const [opening] = markup.trimStart().matchAll(ANGLE);
  const beginsWithBot = opening?.index === 0 && isBot(opening[1] ?? '', opening[2] ?? '');
  const read = markup.replace(ANGLE, (_, sigil: string, target: string, label = '') => {
    if (isBot(sigil, target)) {
      callsBot = true;
      return GAP;
    }
    if (sigil === '@' && target) mentions.set(target, { id: target, ...(label && { name: label }) });
    return readAngle(sigil, target, label);
  });
  const text = closeGaps(read).replace(ENTITY, (whole, name) => ENTITIES[name] ?? whole);
  return { text: beginsWithBot ? text.replace(AFTER_NAME, '') : text, mentions: [...mentions.values()], callsBot };
}

/** Stands where the bot was called, until the spaces around it are closed: not a character, so nobody types it. */
const GAP = '\uffff';

function closeGaps(text: string): string {
  return text.split(GAP).reduce(closed).trim();
}

/** One space is left between words, and every line break. */
function closed(before: string, after: string): string {
  const left = before.trimEnd();
  const right = after.trimStart();
  const breaks = (before.slice(left.length) + after.slice(0, after.length - right.length)).replace(/[^\n]/g, '');
  return left + (breaks || ' ') + right;
}

function readAngle(sigil: string, target: string, label: string): string {
  if (sigil === '@') return `@${target}`;
  if (sigil === '#') return `#${label || target}`;
  if (sigil === '!') return label || `@${target.replace(/^subteam\^/, '')}`;
  return readLink(`${sigil}${target}`, label);
}

/** A label that is the address without its beginning was typed so (`a.example`, `li@a.example`): Slack made the link of it. */
function readLink(url: string, label: string): string {
  if (!label || label === url) return url;
  return url.endsWith(label) ? label : `${label} (${url})`;
}
