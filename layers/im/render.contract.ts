import type { Card, Mention } from './card';
import { plainTextMessage } from './card-text';
import type { Payload, WebhookPlatform } from './channel';
import { anyCard, gibberish, HOSTILE, MONSTERS, seeded } from './hostile.fixture';
import { byteLength } from './text';

/** What the contract has to know of one platform's payloads. */
export interface RenderTerms {
  /** The text of a message below its title, as a person sees it. */
  readBody(payload: Payload): string;
  /** The payload that `renderPlain` makes of this text; the rest of it never varies. */
  plainPayload(text: unknown): Payload;
  /** What notifies someone, in a payload and in one in plain form. */
  mention: RegExp;
  plainMention: RegExp;
  /** Whether the words of HOSTILE would match `plainMention` if they were not escaped. */
  mentionsInText?: boolean;
  /** Checks the limits of the platform that are not bytes. */
  expectValid?(payload: Payload): void;
}

/** Every field of a card, with these words. */
const everywhere = (words: string): Card => ({
  title: words,
  severity: 'critical',
  summary: { label: words, value: words },
  text: `**ours** ${words}`,
  facts: [
    { label: words, value: words },
    { label: 'fact', value: words },
  ],
  quote: words,
  links: [{ label: words, url: words }],
  buttons: [{ label: words, command: words }],
  form: { command: words, submit: words, fields: [{ name: words, label: words, value: words }] },
  mentions: [{ id: words, name: words }, { mobile: words }],
});

/** Neither control characters nor halves of a character. */
const PRINTABLE = /^🔴(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u;
const SUMMARY = { label: 'AI 摘要', value: '实例 i-0abc 将于 2026-09-30 02:00 重启，请提前处理。' };
const CARD: Card = { title: 't', severity: 'critical' };

/** What every platform's rendering guarantees, whatever a card contains. */
export function renderContract(platform: WebhookPlatform, terms: RenderTerms) {
  describe(`a card on ${platform.name}`, () => {
    testHostileWords(platform, terms);
    testLimits(platform, terms);
    testContent(platform, terms);
  });
}

function testHostileWords(platform: WebhookPlatform, terms: RenderTerms) {
  const { mention, plainMention, mentionsInText = true } = terms;

  it.each(HOSTILE)('mentions no one and loses no character because of %j', (words) => {
    const payloads = platform.render(everywhere(words));
    for (const payload of payloads) expectValid(payload, platform, terms);
    expect(JSON.stringify(payloads)).not.toMatch(mention);
    const plain = renderPlainForm({ ...everywhere(words), mentions: [{ everyone: true }] }, platform, terms);
    expect(JSON.stringify(plain)).not.toMatch(plainMention);
    expect(lettersOf({ ...CARD, quote: words }, platform, terms).join('')).toBe(withoutSpaces(words));
    const summary = lettersOf({ ...CARD, summary: { label: '', value: words } }, platform, terms).join('');
    expect(summary).toContain(withoutSpaces(words));
  });

  it('mentions the people of the card, so that the test above can fail', () => {
    const mentions: Mention[] = [{ id: 'U0ABC' }, { everyone: true }];
    expect(JSON.stringify(platform.render({ ...CARD, mentions })[0])).toMatch(mention);
    expect(plainMention.test(HOSTILE.join('\n'))).toBe(mentionsInText);
  });

  it('keeps every character of any quote that fits into ten messages', () => {
    const random = seeded(7);
    for (let round = 0; round < 60; round++) {
      const quote = `a${gibberish(random, Math.floor(random() ** 4 * platform.maxBytes * 1.2))}`;
      expect(lettersOf({ ...CARD, quote }, platform, terms).join('')).toBe(withoutSpaces(quote));
    }
  });
}

function testLimits(platform: WebhookPlatform, terms: RenderTerms) {
  it('keeps the limits of the platform with any card', () => {
    const random = seeded(42);
    for (let round = 0; round < 120; round++) {
      const card = anyCard(random, round % 10 === 0 ? 60_000 : 3_000);
      const payloads = platform.render(card);
      expect(payloads.filter(({ msgtype }) => msgtype !== 'text').length).toBeLessThanOrEqual(10);
      for (const payload of payloads) expectValid(payload, platform, terms);
      renderPlainForm(card, platform, terms);
    }
  });

  it.each(MONSTERS)('keeps the limits of the platform with a monstrous %s', (_, more) => {
    const payloads = platform.render({ ...CARD, ...more });
    expect(payloads.length).toBeGreaterThan(0);
    expect(payloads.length).toBeLessThanOrEqual(15);
    for (const payload of payloads) expectValid(payload, platform, terms);
  });

  it('uses all the room of the plain form, in Chinese too', () => {
    const quote = '实例运行所在的硬件已降级，请尽快停止并重新启动。'.repeat(1_000);
    const payload = renderPlainForm({ ...CARD, quote }, platform, terms);
    expect(payload).toMatchObject(terms.plainPayload(expect.stringMatching(/^🔴 t\s+实例运行.*[\p{L}，。]…$/su)));
    expect(byteLength(JSON.stringify(payload))).toBeGreaterThan(platform.maxPlainBytes - 32);
  });
}

function testContent(platform: WebhookPlatform, terms: RenderTerms) {
  it('shows the summary above everything else, once, in the first message', () => {
    const card: Card = { ...CARD, text: 'ours', facts: [{ label: 'label', value: 'v' }], summary: SUMMARY };
    const whole = JSON.stringify(platform.render({ ...card, quote: 'quoted' }));
    const places = ['AI 摘要', SUMMARY.value, 'ours', 'label', 'quoted'].map((words) => whole.indexOf(words));
    expect(Math.min(...places)).toBeGreaterThan(0);
    expect([...places].sort((one, other) => one - other)).toEqual(places);
    const parts = lettersOf({ ...card, quote: '实例已停止。'.repeat(4_000) }, platform, terms);
    expect(parts.length).toBeGreaterThan(1);
    const letters = withoutSpaces(SUMMARY.value);
    expect(parts.map((part) => part.includes(letters))).toEqual(parts.map((_, index) => index === 0));
  });

  it('shows a form as the lines to type', () => {
    const fields = [{ name: 'language', label: 'Language', value: 'zh' }];
    const shown = JSON.stringify(platform.render({ ...CARD, form: { command: 'open a case', submit: 's', fields } }));
    for (const line of ['open a case', 'language: zh']) expect(shown).toContain(line);
  });
}

function expectValid(payload: Payload, platform: WebhookPlatform, terms: RenderTerms) {
  const json = JSON.stringify(payload);
  expect(byteLength(json)).toBeLessThanOrEqual(platform.maxBytes);
  expect(JSON.stringify(JSON.parse(json))).toBe(json);
  terms.expectValid?.(payload);
}

function renderPlainForm(card: Card, platform: WebhookPlatform, { plainPayload }: RenderTerms): Payload {
  const payload = plainTextMessage(card, platform);
  expect(payload).toMatchObject(plainPayload(expect.stringMatching(PRINTABLE)));
  expect(byteLength(JSON.stringify(payload))).toBeLessThanOrEqual(platform.maxPlainBytes);
  return payload;
}

/** The body of each message as a person sees it, without spaces. */
function lettersOf(card: Card, platform: WebhookPlatform, { readBody }: RenderTerms): string[] {
  return platform.render(card).map((payload) => withoutSpaces(readBody(payload)));
}

export const BACKSLASH_ESCAPE = /\\[!-/:-@[-`{-~]|&(?:amp|lt);/;
export const ENTITY_ESCAPE = /&#\d+;/;
export const NO_ESCAPE = /(?!)/;

/** Reads quotes, links and escapes of markdown from left to right, as a platform does. */
export function readMarkdown(text: string, escapes: RegExp): string {
  const markup = new RegExp(`(${escapes.source})|\\[((?:\\\\.|[^[\\]\\\\])*)\\]\\(https?:[^\\s)]*\\)`, 'g');
  return text
    .replace(/^> /gm, '')
    .replace(markup, (_, sign, label) => (sign ? unescapeSign(sign) : readMarkdown(label, escapes)));
}

export function unescapeSign(sign: string): string {
  const named: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };
  return named[sign] ?? (sign.startsWith('&#') ? String.fromCharCode(Number(sign.slice(2, -1))) : sign.slice(1));
}

/** Platforms show as much white space as they like. */
function withoutSpaces(text: string): string {
  return text.replace(/[\s\u200b]/g, '');
}
