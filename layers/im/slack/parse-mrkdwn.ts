import type { User } from '../chat-app';

/** `<@U1|name>`, `<#C1|name>`, `<!here>`, `<https://a.example|label>`: "Formatting message text" of docs.slack.dev. */
const ANGLE = /<(@|#|!|[a-z][a-z0-9+.-]*:)([^<>|\n]*)(?:\|([^<>\n]*))?>/gi;
const ENTITY = /&(amp|lt|gt);/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };
/** What people type behind the name they mention. */
const AFTER_MENTION = /^[\s:,，：]+/;
/** Stands for a mention of the bot until the spaces around it are joined: not a character, so it is never typed. */
const GAP = '\uffff';

/**
 * Reads what a person wrote in Slack's markup. Only mentions of the bot are removed; other people, channels and links
 * stay as a person sees them.
 * @param bots user ids of our own bot
 */
export function parseMrkdwn(
  markup: string,
  bots: readonly string[] = [],
): { text: string; mentions: User[]; mentionsBot: boolean } {
  const mentions = new Map<string, User>();
  let mentionsBot = false;
  const isBot = (sigil: string, id: string) => sigil === '@' && bots.includes(id);
  const [opening] = markup.trimStart().matchAll(ANGLE);
  const beginsWithBot = opening?.index === 0 && isBot(opening[1] ?? '', opening[2] ?? '');
  const read = markup.replace(ANGLE, (_, sigil: string, target: string, label = '') => {
    if (isBot(sigil, target)) {
      mentionsBot = true;
      return GAP;
    }
    if (sigil === '@' && target) mentions.set(target, { id: target, ...(label && { name: label }) });
    return angleText(sigil, target, label);
  });
  const joined = read.split(GAP).reduce(join).trim();
  const text = joined.replace(ENTITY, (whole, name) => ENTITIES[name] ?? whole);
  return {
    text: beginsWithBot ? text.replace(AFTER_MENTION, '') : text,
    mentions: [...mentions.values()],
    mentionsBot,
  };
}

/** Keeps one space between words, and every line break. */
function join(before: string, after: string): string {
  const left = before.trimEnd();
  const right = after.trimStart();
  const breaks = (before.slice(left.length) + after.slice(0, after.length - right.length)).replace(/[^\n]/g, '');
  return left + (breaks || ' ') + right;
}

function angleText(sigil: string, target: string, label: string): string {
  if (sigil === '@') return `@${target}`;
  if (sigil === '#') return `#${label || target}`;
  if (sigil === '!') return label || `@${target.replace(/^subteam\^/, '')}`;
  return linkText(`${sigil}${target}`, label);
}

/** A label that is the end of the address was typed so (`a.example`, `li@a.example`): Slack made the link of it. */
function linkText(url: string, label: string): string {
  if (!label || label === url) return url;
  return url.endsWith(label) ? label : `${label} (${url})`;
}
