import type { Card, Mention } from './card';
import type { Payload, WebhookPlatform } from './channel';
import { anyCard, gibberish, HOSTILE, seeded } from './hostile.fixture';
import { letters, seen } from './seen.fixture';
import { byteLength } from './text';
import { WEBHOOK_PLATFORMS } from './webhook-platforms';

/** What would call somebody, were it in a place where the platform reads it. */
const CALLS: Readonly<Record<string, RegExp>> = {
  dingtalk: /"isAtAll":true|"atMobiles":\["|"atUserIds":\["/,
  feishu: /"markdown","content":"[^"]*<at/,
  wecom: /<@|mentioned_/,
  slack: /"mrkdwn","text":"[^"]*<[!@]|^\{"text":"[^"]*<[!@]/,
  teams: /"entities"/,
};

const everywhere = (words: string): Card => ({
  title: words,
  severity: 'info',
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

describe.each(WEBHOOK_PLATFORMS)('$name', (platform) => {
  it.each(HOSTILE)('calls nobody because of %j', (words) => {
    for (const payload of platform.render(everywhere(words))) {
      expect(JSON.stringify(payload)).not.toMatch(CALLS[platform.name] ?? /./);
      expectSound(platform, payload);
    }
  });

  it.each(HOSTILE)('loses no letter of %j', (words) => {
    const parts = platform.render({ title: 't', severity: 'info', quote: words });
    expect(letters(parts.map((part) => seen(platform, part)).join(''))).toBe(letters(words));
  });

  it('calls whom it is told to, so that the tests above can fail', () => {
    const mentions: Mention[] = [{ id: 'U0ABC' }, { everyone: true }];
    const [first] = platform.render({ title: 't', severity: 'info', mentions });
    expect(JSON.stringify(first)).toMatch(CALLS[platform.name] ?? /$^/);
  });

  it('loses no letter of any quote that fits into ten messages', () => {
    const random = seeded(7);
    for (let round = 0; round < 60; round++) {
      const quote = `a${gibberish(random, Math.floor(random() ** 4 * platform.maxBytes * 1.2))}`;
      const parts = platform.render({ title: 't', severity: 'warning', quote });
      expect(letters(parts.map((part) => seen(platform, part)).join(''))).toBe(letters(quote));
      for (const payload of parts) expectSound(platform, payload);
    }
  });

  it('keeps its maxBytes with any card', () => {
    const random = seeded(42);
    for (let round = 0; round < 120; round++) {
      const payloads = platform.render(anyCard(random, round % 10 === 0 ? 60_000 : 3_000));
      expect(payloads.filter(({ msgtype }) => msgtype !== 'text').length).toBeLessThanOrEqual(10);
      for (const payload of payloads) expectSound(platform, payload);
    }
  });
});

function expectSound(platform: WebhookPlatform, payload: Payload) {
  const json = JSON.stringify(payload);
  expect(byteLength(json)).toBeLessThanOrEqual(platform.maxBytes);
  expect(JSON.stringify(JSON.parse(json))).toBe(json);
  if (platform.name === 'slack') expectBlockKit(payload);
}

/** Most characters of Block Kit; one over them and Slack refuses the whole message. */
const MOST: Readonly<Record<string, number>> = { header: 150, section: 3000, button: 75, field: 2000 };

function expectBlockKit(payload: Payload) {
  const blocks = [...Object(payload.blocks), ...(Object(payload.attachments)[0]?.blocks ?? [])];
  expect(blocks.length).toBeLessThanOrEqual(50);
  for (const { type, text, fields = [], elements = [] } of blocks) {
    expect(fields.length).toBeLessThanOrEqual(10);
    if (text) expectText(type, text);
    for (const field of fields) expectText('field', field);
    for (const button of elements) expectText('button', button.text);
  }
}

function expectText(kind: string, { text }: { text: string }) {
  expect(text.length).toBeGreaterThan(0);
  expect(text.length).toBeLessThanOrEqual(MOST[kind] ?? 0);
}
