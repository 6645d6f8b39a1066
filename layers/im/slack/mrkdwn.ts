import type { Payload } from '../channel';
import { type Dialect, formatMarkdown, formatVerbatim } from '../markdown';
import { byteLength, truncate, utf8Boundary } from '../text';

const SIGNS = /[&<>]/g;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/**
 * What mrkdwn would take for formatting. It has no escape for it (only `& < >` are decoded), so such words are sent as
 * plain_text, which shows them letter by letter but does not link.
 */
const FORMATTING = /`|(?:^|[^A-Za-z0-9])[*_~](?=\S)|^\s*[>＞]|(?<!\barn:[\w:-]*):[a-z+-][\w+'-]*:|:secret:/m;

/** Bytes: it stands in front of every piece of a long fact. */
const LONGEST_LABEL = 300;

/** Slack's own escape: without it `<!channel>` in a description would call everyone. */
export function escaped(text: string): string {
  return text.replace(SIGNS, (sign) => ENTITIES[sign] ?? sign);
}

export const look: Dialect = {
  escape: escaped,
  bold: (text) => `*${text}*`,
  code: (text) => `\`${escaped(text)}\``,
  link(label, url) {
    const address = escaped(url);
    return label === address ? `<${address}>` : `<${address}|${label.replaceAll('|', '¦')}>`;
  },
  newline: '\n',
};

/** Our own words; `verbatim` keeps Slack from finding channel and user names in them. */
export function drawText(text: string): Payload {
  return { type: 'mrkdwn', text: formatMarkdown(text, look), verbatim: true };
}

/** Somebody else's words, with a label in front where they are a fact. */
export function textObject(words: string, wholeLabel = ''): Payload {
  const label = truncate(wholeLabel, LONGEST_LABEL);
  if (FORMATTING.test(words) || FORMATTING.test(label)) {
    return { type: 'plain_text', text: label ? `${label}\n${words}` : words, emoji: false };
  }
  const text = formatVerbatim(words, look);
  return { type: 'mrkdwn', text: label ? `*${escaped(label)}*\n${text}` : text, verbatim: true };
}

/** Words in a control, where Slack counts UTF-16 units: cut to that many of them, on one line. */
export function caption(words: string, most: number): Payload {
  const line = words.replace(/\s+/g, ' ').trim() || '…';
  const end = utf8Boundary(line, byteLength(line.slice(0, most - 1)));
  return { type: 'plain_text', text: line.length > most ? `${line.slice(0, end)}…` : line, emoji: false };
}
