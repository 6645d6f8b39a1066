import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type Card, truncate } from '@casebell/im/webhooks';
import type { Entry } from '../outbox';

/**
 * UTF-8 bytes before they are packed: no platform shows more of a card than ten messages of 18 KB; an item and its copy in a local
 * index may have 400 KB together, and a dead letter, which is not packed, 256 KB.
 */
const MOST = 180_000;

/** An entry as an item holds it: packed, because a write costs by the KB, and one chat's items share one partition's throughput. */
export const packed = (entry: Entry): Uint8Array => deflateRawSync(contentOf(entry));

export const unpacked = (content: Uint8Array): Entry => JSON.parse(inflateRawSync(content).toString('utf8')) as Entry;

/** An entry as text of at most that many bytes: of a giant one, the beginning of each of its parts. */
export function contentOf(entry: Entry): string {
  const json = JSON.stringify(entry);
  if (json.length <= MOST / 3 || Buffer.byteLength(json) <= MOST) return json;
  const { key, since, by, card, event, incident, print } = entry;
  const { id, source, account, region, time } = event;
  const shortEvent = {
    id: short(id),
    source: short(source),
    account: short(account),
    region: short(region),
    time: short(time),
  };
  return JSON.stringify({ key, since, by: short(by), card: beginningOf(card), event: shortEvent, incident, print });
}

const short = (text: string): string => truncate(text, 250);

/** Quotes, backslashes and control characters take up to six bytes in JSON, so the shares are small. */
function beginningOf({ title, severity, summary, text, facts = [], quote, links = [], mentions = [] }: Card): Card {
  return {
    title: truncate(title, 500),
    severity,
    ...(summary && { summary: { label: short(summary.label), value: truncate(summary.value, 1_000) } }),
    ...(text && { text: truncate(text, 4_000) }),
    facts: facts.slice(0, 20).map(({ label, value }) => ({ label: short(label), value: short(value) })),
    ...(quote && { quote: truncate(quote, 16_000) }),
    links: links.slice(0, 5).flatMap(({ label, url }) => (url.length < 2_000 ? [{ label: short(label), url }] : [])),
    mentions: mentions.slice(0, 50).filter((mention) => JSON.stringify(mention).length < 500),
  };
}
