import type { Card, Fact } from './card';
import type { Payload } from './channel';
import { head, largestFitting } from './fit';
import { firstMessage } from './opening';
import { byteLength, truncate, utf8Boundary } from './text';

/** What one platform takes in one message. */
export interface MessageBudget {
  /** Most UTF-8 bytes of the JSON of one payload. */
  limit: number;
  /** Most UTF-16 units of a title, its `(2/3)` included. */
  title: number;
}

/** What may continue in the next message. */
interface Body {
  text: string;
  facts: readonly Fact[];
  quote: string;
}

type Fits = (card: Card) => boolean;

/** More messages than this are not read but muted. */
const MOST_PARTS = 10;
/** One letter may become twelve bytes: a URL stands twice, with every sign of it escaped. */
const WORST_GROWTH = 12;
/** Bytes of an empty message of the most talkative platform, and as much again. */
const FRAME = 1_000;
/** A shorter text may be drawn longer (Slack's sections break elsewhere), so the result is measured once more. */
const MARGINS = [1, 0.9, 0.5];
const LONGEST_NUMBER = ' (10/10)';
const LONGEST_MARK = '\n… [+1000000000 B]';

/**
 * One card as one payload or, where that would be over the limit, as several: the quote, then the facts, then the text
 * continue in messages titled `title (2/3)`; links, buttons and mentions are in the first. Total: any card comes through,
 * and what is beyond the tenth message is counted in a mark at its end.
 */
export function splitCard<P extends Payload>(card: Card, room: MessageBudget, draw: (card: Card) => P): P[] {
  const titled = { ...card, title: oneLine(card.title, room) };
  const rough = roughly(card);
  if (rough <= room.limit) {
    const payload = draw(titled);
    if (rough * WORST_GROWTH + FRAME <= room.limit || size(payload) <= room.limit) return [payload];
  }
  let payloads: P[] = [];
  for (const margin of MARGINS) {
    payloads = several(titled, Math.floor(room.limit * margin), draw);
    if (payloads.every((payload) => size(payload) <= room.limit)) break;
  }
  return payloads;
}

function several<P extends Payload>(card: Card, limit: number, draw: (card: Card) => P): P[] {
  const cards = divide(card, limit, (part) => {
    return roughly(part) > limit ? Infinity : size(draw({ ...part, title: part.title + LONGEST_NUMBER }));
  });
  if (cards.length === 1) return cards.map(draw);
  return cards.map((part, at) => draw({ ...part, title: `${part.title} (${at + 1}/${cards.length})` }));
}

function size(payload: Payload): number {
  return byteLength(JSON.stringify(payload));
}

/** A title is one line on every platform. */
function oneLine(title: string, { limit, title: units }: MessageBudget): string {
  const line = (/[\r\n]/.test(title) ? title.replace(/[\r\n]+/g, ' ') : title) || '…';
  const room = units - LONGEST_NUMBER.length;
  const short =
    line.length > room ? `${line.slice(0, utf8Boundary(line, byteLength(line.slice(0, room - 1))))}…` : line;
  return truncate(short, Math.floor(limit / 16));
}

/** Letters, and as much again for what frames them: spares the drawing of a megabyte, and the measuring of an ordinary card. */
function roughly({
  title,
  summary,
  text = '',
  facts = [],
  quote = '',
  links = [],
  buttons,
  form,
  mentions,
}: Card): number {
  let letters =
    title.length + text.length + quote.length + (summary ? summary.label.length + summary.value.length + 4 : 0);
  for (const { label, value } of facts) letters += label.length + value.length + 4;
  for (const { label, url } of links) letters += label.length + url.length + 4;
  return buttons || form || mentions ? letters + JSON.stringify([buttons, form, mentions]).length : letters;
}

function divide(card: Card, limit: number, sizeOf: (card: Card) => number): Card[] {
  const { first, over } = firstMessage(card, (part) => sizeOf(part) <= limit / 2);
  const cards: Card[] = [];
  let frame = first;
  let body = bodyOf(card, over, limit);
  while (cards.length < MOST_PARTS - 1) {
    const [part, rest] = fill(frame, body, limit, (part) => sizeOf(part) <= limit);
    cards.push(part);
    if (left(rest) === 0) return cards;
    frame = { title: card.title, severity: card.severity };
    body = rest;
  }
  const [part, rest] = fill(frame, body, limit, (part) => sizeOf(marked(part, LONGEST_MARK)) <= limit);
  return [...cards, left(rest) ? marked(part, `\n… [+${left(rest)} B]`) : part];
}

function bodyOf(card: Card, over: string[], limit: number): Body {
  const facts = (card.facts ?? []).map(({ label, value }) => ({
    label: truncate(label, Math.floor(limit / 16)),
    value,
  }));
  return { text: card.text ?? '', facts, quote: (card.quote ? [card.quote, ...over] : over).join('\n') };
}

function marked(card: Card, mark: string): Card {
  return { ...card, quote: (card.quote ?? '') + mark };
}

/** Fills one message: as much of the text as fits, then of the facts, then of the quote; and what is left for the next. */
function fill(frame: Card, body: Body, limit: number, fits: Fits): [part: Card, rest: Body] {
  const text = head(body.text, limit, (text) => fits({ ...frame, text }));
  const withText = text ? { ...frame, text } : frame;
  if (text.length < body.text.length) return [withText, { ...body, text: body.text.slice(text.length) }];
  const [facts, restFacts] = takeFacts(body.facts, limit, (facts) => fits({ ...withText, facts }), text !== '');
  const withFacts = facts.length ? { ...withText, facts } : withText;
  if (restFacts.length) return [withFacts, { ...body, text: '', facts: restFacts }];
  const quote = head(body.quote, limit, (quote) => fits({ ...withFacts, quote }));
  return [quote ? { ...withFacts, quote } : withFacts, { text: '', facts: [], quote: body.quote.slice(quote.length) }];
}

/** Whole facts; a value is only torn where it is long, or where the message would otherwise be empty. */
function takeFacts(
  facts: readonly Fact[],
  limit: number,
  fits: (facts: Fact[]) => boolean,
  hasText: boolean,
): [taken: Fact[], rest: Fact[]] {
  const count = largestFitting(Math.min(facts.length, limit), (count) => fits(facts.slice(0, count)));
  const taken = facts.slice(0, count);
  const rest = facts.slice(count);
  const [next, ...others] = rest;
  if (!next || (next.value.length < limit / 8 && (count > 0 || hasText))) return [taken, rest];
  const value = head(next.value, limit, (value) => fits([...taken, { ...next, value }]));
  if (!value) return [taken, rest];
  return [
    [...taken, { ...next, value }],
    [{ ...next, value: next.value.slice(value.length) }, ...others],
  ];
}

function left({ text, facts, quote }: Body): number {
  const inFacts = facts.reduce((sum, { label, value }) => sum + byteLength(label) + byteLength(value), 0);
  return byteLength(text) + inFacts + byteLength(quote);
}
