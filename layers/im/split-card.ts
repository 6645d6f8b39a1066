import type { Card, Fact } from './card';
import { formatButton, formatFact, formatForm, formatLink, formatMention } from './card-text';
import type { Payload } from './channel';
import { byteLength, largestFitting, prefixThatFits, truncate, utf8Boundary } from './text';

/** What one platform takes in one message. */
export interface MessageBudget {
  /** UTF-8 bytes of the JSON of one payload. */
  maxBytes: number;
  /** UTF-16 units of a title, its `(2/3)` included. */
  maxTitleLength: number;
}

/** What may continue in the next message. */
interface Body {
  text: string;
  facts: readonly Fact[];
  quote: string;
}

type Fits = (card: Card) => boolean;

/** People mute a bot that sends more messages at once than this. */
const MAX_PARTS = 10;
/** More links, buttons or mentions than this go into the text. */
const MAX_EXTRAS = 100;
/** One character may become twelve bytes: a URL occurs twice, with every character of it escaped. */
const MAX_GROWTH = 12;
/** Bytes of an empty message of the most verbose platform, and as much again. */
const FRAME_BYTES = 1_000;
/** A shorter text may render longer (Slack's sections break elsewhere), so the result is measured once more. */
const BUDGET_RATIOS = [1, 0.9, 0.5];
const LONGEST_NUMBER = ' (10/10)';
const LONGEST_MARK = '\n… [+1000000000 B]';

/**
 * Renders one card as one payload or, where that would exceed the limit, as several: the text, then the facts, then the
 * quote continue in messages titled `title (2/3)`; links, buttons and mentions are in the first. Never throws: what is
 * beyond the tenth message is counted in a mark at its end.
 */
export function splitCard<P extends Payload>(card: Card, budget: MessageBudget, draw: (card: Card) => P): P[] {
  const { maxBytes } = budget;
  const titled = { ...card, title: oneLine(card.title, budget) };
  const estimate = estimateBytes(card);
  if (estimate <= maxBytes) {
    const payload = draw(titled);
    if (estimate * MAX_GROWTH + FRAME_BYTES <= maxBytes || sizeOf(payload) <= maxBytes) return [payload];
  }
  let payloads: P[] = [];
  for (const ratio of BUDGET_RATIOS) {
    payloads = drawParts(titled, Math.floor(maxBytes * ratio), draw);
    if (payloads.every((payload) => sizeOf(payload) <= maxBytes)) break;
  }
  return payloads;
}

function drawParts<P extends Payload>(card: Card, maxBytes: number, draw: (card: Card) => P): P[] {
  const parts = divide(card, maxBytes, (part) => {
    return estimateBytes(part) > maxBytes ? Infinity : sizeOf(draw({ ...part, title: part.title + LONGEST_NUMBER }));
  });
  if (parts.length === 1) return parts.map(draw);
  return parts.map((part, index) => draw({ ...part, title: `${part.title} (${index + 1}/${parts.length})` }));
}

function sizeOf(payload: Payload): number {
  return byteLength(JSON.stringify(payload));
}

/** A title is one line on every platform. */
function oneLine(title: string, { maxBytes, maxTitleLength }: MessageBudget): string {
  const line = (/[\r\n]/.test(title) ? title.replace(/[\r\n]+/g, ' ') : title) || '…';
  const room = maxTitleLength - LONGEST_NUMBER.length;
  const short =
    line.length > room ? `${line.slice(0, utf8Boundary(line, byteLength(line.slice(0, room - 1))))}…` : line;
  return truncate(short, Math.floor(maxBytes / 16));
}

/** A lower bound of the payload's size, and cheap: spares rendering a megabyte and measuring an ordinary card. */
function estimateBytes({ title, summary, text = '', facts = [], quote = '', links = [], ...controls }: Card): number {
  const { buttons, form, mentions } = controls;
  const pairs = [...(summary ? [summary] : []), ...facts];
  let length = title.length + text.length + quote.length;
  for (const { label, value } of pairs) length += label.length + value.length + 4;
  for (const { label, url } of links) length += label.length + url.length + 4;
  return buttons || form || mentions ? length + JSON.stringify([buttons, form, mentions]).length : length;
}

function divide(card: Card, maxBytes: number, sizeWith: (card: Card) => number): Card[] {
  const { first, overflow } = firstMessage(card, (part) => sizeWith(part) <= maxBytes / 2);
  const parts: Card[] = [];
  let frame = first;
  let body = bodyOf(card, overflow, maxBytes);
  while (parts.length < MAX_PARTS - 1) {
    const [part, rest] = fillMessage(frame, body, maxBytes, (part) => sizeWith(part) <= maxBytes);
    parts.push(part);
    if (remainingBytes(rest) === 0) return parts;
    frame = { title: card.title, severity: card.severity };
    body = rest;
  }
  const [part, rest] = fillMessage(frame, body, maxBytes, (part) => sizeWith(withMark(part, LONGEST_MARK)) <= maxBytes);
  const remaining = remainingBytes(rest);
  return [...parts, remaining ? withMark(part, `\n… [+${remaining} B]`) : part];
}

/**
 * What is in the first message only: title, summary, mentions, links, buttons and form, as far as they fit. The overflow
 * is text that may continue in the next message.
 */
function firstMessage(card: Card, fits: Fits): { first: Card; overflow: string[] } {
  let first: Card = { title: card.title, severity: card.severity };
  const overflow: string[] = [];
  keep(card.summary && [card.summary], ([summary]) => (summary ? { ...first, summary } : first), formatFact);
  keep(card.mentions, (mentions) => ({ ...first, mentions }), formatMention);
  keep(card.links, (links) => ({ ...first, links }), formatLink);
  keep(card.buttons, (buttons) => ({ ...first, buttons }), formatButton);
  keep(card.form && [card.form], ([form]) => (form ? { ...first, form } : first), formatForm);
  return { first, overflow };

  function keep<Extra>(extras: Extra[] = [], withExtras: (kept: Extra[]) => Card, format: (extra: Extra) => string) {
    const limit = Math.min(extras.length, MAX_EXTRAS);
    const count = largestFitting(limit, (count) => fits(withExtras(extras.slice(0, count))));
    if (count > 0) first = withExtras(extras.slice(0, count));
    for (const extra of extras.slice(count)) overflow.push(format(extra));
  }
}

function bodyOf(card: Card, overflow: string[], maxBytes: number): Body {
  const maxLabelBytes = Math.floor(maxBytes / 16);
  const facts = (card.facts ?? []).map(({ label, value }) => ({ label: truncate(label, maxLabelBytes), value }));
  return { text: card.text ?? '', facts, quote: (card.quote ? [card.quote, ...overflow] : overflow).join('\n') };
}

function withMark(card: Card, mark: string): Card {
  return { ...card, quote: (card.quote ?? '') + mark };
}

/** Fills one message with as much of the text as fits, then of the facts, then of the quote; the rest is for the next. */
function fillMessage(frame: Card, body: Body, maxBytes: number, fits: Fits): [part: Card, rest: Body] {
  const text = prefixThatFits(body.text, maxBytes, (text) => fits({ ...frame, text }));
  const withText = text ? { ...frame, text } : frame;
  if (text.length < body.text.length) return [withText, { ...body, text: body.text.slice(text.length) }];
  const [facts, restFacts] = takeFacts(withText, body.facts, maxBytes, fits);
  const withFacts = facts.length ? { ...withText, facts } : withText;
  if (restFacts.length) return [withFacts, { ...body, text: '', facts: restFacts }];
  const quote = prefixThatFits(body.quote, maxBytes, (quote) => fits({ ...withFacts, quote }));
  return [quote ? { ...withFacts, quote } : withFacts, { text: '', facts: [], quote: body.quote.slice(quote.length) }];
}

/** Whole facts. A value is split only where it is long, or where the message would otherwise be empty. */
function takeFacts(card: Card, all: readonly Fact[], maxBytes: number, fits: Fits): [taken: Fact[], rest: Fact[]] {
  const count = largestFitting(Math.min(all.length, maxBytes), (count) =>
    fits({ ...card, facts: all.slice(0, count) }),
  );
  const taken = all.slice(0, count);
  const rest = all.slice(count);
  const [next, ...others] = rest;
  const isEmpty = count === 0 && !card.text;
  if (!next || (next.value.length < maxBytes / 8 && !isEmpty)) return [taken, rest];
  const value = prefixThatFits(next.value, maxBytes, (value) =>
    fits({ ...card, facts: [...taken, { ...next, value }] }),
  );
  if (!value) return [taken, rest];
  const nextRest = { ...next, value: next.value.slice(value.length) };
  return [
    [...taken, { ...next, value }],
    [nextRest, ...others],
  ];
}

function remainingBytes({ text, facts, quote }: Body): number {
  const inFacts = facts.reduce((sum, { label, value }) => sum + byteLength(label) + byteLength(value), 0);
  return byteLength(text) + inFacts + byteLength(quote);
}
