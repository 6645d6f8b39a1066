import { type Card, cut } from '@casebell/im';
import type { Entry } from '../outbox';

/** UTF-8 bytes: no platform shows more of a card than ten messages of 18 KB, an item may have 400 KB, and a dead letter 256 KB. */
const MOST = 180_000;

/** An entry as text of at most that many bytes: of a giant card, the beginning of each of its parts. */
export function contentOf(entry: Entry): string {
  const json = JSON.stringify(entry);
  if (json.length <= MOST / 3 || Buffer.byteLength(json) <= MOST) return json;
  return JSON.stringify({ ...entry, card: beginningOf(entry.card) });
}

/** Quotes, backslashes and control characters take up to six bytes in JSON, so the shares are small. */
function beginningOf({ title, severity, text, facts = [], quote, links = [], mentions }: Card): Card {
  return {
    title: cut(title, 500),
    severity,
    ...(text && { text: cut(text, 4_000) }),
    facts: facts.slice(0, 20).map(({ label, value }) => ({ label: cut(label, 50), value: cut(value, 250) })),
    ...(quote && { quote: cut(quote, 16_000) }),
    links: links.slice(0, 5).filter(({ url }) => url.length < 2_000),
    ...(mentions && { mentions: mentions.slice(0, 50) }),
  };
}
