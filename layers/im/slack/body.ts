import type { Card, Fact, Link } from '../card';
import { formatControls, formatLink, selectLinkButtons } from '../card-text';
import type { Payload } from '../channel';
import { encodeLinkTarget, isHttpUrl } from '../markdown';
import { byteLength, splitText, utf8Boundary } from '../text';
import { drawText, escaped, look, textObject } from './mrkdwn';

/** Limits of Block Kit: a section's text, a field, fields of a section, buttons of one row, a button's text. */
const SECTION = 3000;
const FIELD = 2000;
const FIELDS = 10;
const MOST_BUTTONS = 5;
const BUTTON = 75;

/** What a card says below its title, as far as it is text and links. */
export function bodyOf(card: Card): Payload[] {
  const { buttons, others } = selectLinkButtons(card.links, MOST_BUTTONS);
  const blocks: Payload[] = [];
  if (card.summary) blocks.push(...leadSections(card.summary));
  if (card.text) blocks.push(...sections(card.text, drawText));
  if (card.facts?.length) blocks.push(...factSections(card.facts));
  if (card.quote) blocks.push(...sections(card.quote, textObject));
  const lines = [...formatControls(card), ...others.filter((link) => !drawLink(link)).map(formatLink)];
  blocks.push(...sections(lines.join('\n'), textObject), ...linkSections(others));
  if (buttons.length) blocks.push({ type: 'actions', elements: buttons.map(button) });
  return blocks;
}

/** One section, or several where the text is too long for one; halved before it is drawn, so that no escape is torn. */
export function sections(text: string, write: (text: string) => Payload): Payload[] {
  if (text.trim() === '') return [];
  const drawn = write(text);
  if (String(drawn.text).length <= SECTION) return [{ type: 'section', text: drawn }];
  return halves(text).flatMap((half) => sections(half, write));
}

function halves(text: string): string[] {
  return splitText(text, Math.max(4, Math.ceil(byteLength(text) / 2)));
}

const leadSections = ({ label, value }: Fact): Payload[] => sections(value, (part) => textObject(part, label));

/** Short facts side by side, ten to a section; a long one has a section of its own. */
function factSections(facts: readonly Fact[]): Payload[] {
  const blocks: Payload[] = [];
  let fields: Payload[] = [];
  for (const fact of facts) {
    const drawn = textObject(fact.value, fact.label);
    if (String(drawn.text).trim() === '') continue;
    const isLong = String(drawn.text).length > FIELD;
    if (isLong || fields.length === FIELDS) fields = [];
    if (isLong) blocks.push(...sections(fact.value, (value) => textObject(value, fact.label)));
    else if (fields.push(drawn) === 1) blocks.push({ type: 'section', fields });
  }
  return blocks;
}

function button({ label, url }: Link): Payload {
  const text = label.length > BUTTON ? `${label.slice(0, utf8Boundary(label, 60))}…` : label;
  return { type: 'button', text: { type: 'plain_text', text, emoji: false }, url };
}

/** Links beyond the buttons, in as few sections as hold them whole. */
function linkSections(links: Link[]): Payload[] {
  const texts: string[] = [];
  for (const drawn of links.map(drawLink)) {
    const last = texts.at(-1);
    if (!drawn) continue;
    if (last !== undefined && last.length + drawn.length < SECTION) texts[texts.length - 1] = `${last}\n${drawn}`;
    else texts.push(drawn);
  }
  return texts.map((text) => ({ type: 'section', text: { type: 'mrkdwn', text } }));
}

/** Empty where Slack would not take it as a link. */
function drawLink({ label, url }: Link): string {
  const drawn = isHttpUrl(url) && label.trim() ? look.link(escaped(label), encodeLinkTarget(url)) : '';
  return drawn.length < SECTION ? drawn : '';
}
