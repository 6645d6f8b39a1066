import type { Card } from './card';
import { plainTextMessage } from './card-text';
import type { Payload } from './channel';
import { anyCard, HOSTILE, seeded } from './hostile.fixture';
import { CALLING, RICH } from './rich-card.fixture';
import { byteLength } from './text';
import { WEBHOOK_PLATFORMS } from './webhook-platforms';

/** Where each platform has the words of its plain form: all that is in it, beside a frame that never varies. */
const WORDS: Readonly<Record<string, (words: string) => Payload>> = {
  dingtalk: (content) => ({ msgtype: 'text', text: { content } }),
  feishu: (text) => ({ msg_type: 'text', content: { text } }),
  wecom: (content) => ({ msgtype: 'text', text: { content } }),
  slack: (text) => ({ text }),
  teams: (text) => ({
    type: 'message',
    attachments: [{ content: { type: 'AdaptiveCard', body: [{ type: 'TextBlock', text, wrap: true }] } }],
  }),
};

/** What would call somebody in the plain form, or be a tag of which nobody knows what it does. */
const CALLS: Readonly<Record<string, RegExp>> = {
  dingtalk: /"at":|"isAtAll"|"atMobiles"|"atUserIds"/,
  feishu: /<\s*\/?\s*at\b/i,
  wecom: /<|mentioned_/,
  slack: /[<>]/,
  teams: /"entities"|(?<!\\)<[A-Za-z!@/]/,
};

/** Neither control characters nor halves of one. */
const PRINTABLE = /^🔴(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u;
const ALL = HOSTILE.join('\n');
const everywhere = (words: string): Card => ({
  title: words,
  severity: 'critical',
  text: `**ours** ${words}`,
  facts: [{ label: words, value: words }],
  quote: words,
  links: [{ label: words, url: words }],
  buttons: [{ label: words, command: words }],
  mentions: [{ id: words, name: words }, { mobile: words }, { everyone: true }],
});

it('has the words of the whole card, without markup', () => {
  const dingtalk = WEBHOOK_PLATFORMS.filter(({ name }) => name === 'dingtalk');
  const [rich] = dingtalk.map((platform) => plainTextMessage(RICH, platform));
  expect(rich).toEqual({
    msgtype: 'text',
    text: {
      content:
        '🔴 i-0abc stopped\nNow: i-0abc stopped.\n• see the runbook (https://wiki.example/ec2)\n账号: 123456789012\nBucket: s3://my_bucket/*\nConsole: https://console.example/?a=1&b=2\nClose: close 42\nHardware *degraded*.\n  See https://aws.example/a_b.\n<!channel> @all',
    },
  });
  const [calling] = dingtalk.map((platform) => plainTextMessage(CALLING, platform));
  expect(calling).toEqual({
    msgtype: 'text',
    text: { content: '🔵 t\nConsole: https://console.example/\n@Li @13800000000 @all @not <an> id' },
  });
});

describe.each(WEBHOOK_PLATFORMS)('the plain form of $name', (platform) => {
  const wordsOf = WORDS[platform.name] ?? (() => ({}));

  it('is one text that uses its room and stays in it, in Chinese too', () => {
    const quote = '实例运行所在的硬件已降级，请尽快停止并重新启动。'.repeat(1_000);
    const payload = plainTextMessage({ title: 't', severity: 'warning', quote }, platform);
    expect(payload).toMatchObject(wordsOf(expect.stringMatching(/^🟠 t\s+实例运行.*[\p{L}，。]…$/su)));
    expect(sizeOf(payload)).toBeLessThanOrEqual(platform.maxPlainBytes);
    expect(sizeOf(payload)).toBeGreaterThan(platform.maxPlainBytes - 32);
  });

  it('stays within its limit and holds nothing unprintable with any card', () => {
    const random = seeded(11);
    for (let round = 0; round < 60; round++) {
      const payload = plainTextMessage(anyCard(random, round % 10 === 0 ? 60_000 : 3_000), platform);
      expect(payload).toMatchObject(wordsOf(expect.stringMatching(PRINTABLE)));
      expect(sizeOf(payload)).toBeLessThanOrEqual(platform.maxPlainBytes);
    }
  });

  it.each(HOSTILE)('calls nobody because of %j', (words) => {
    expect(JSON.stringify(plainTextMessage(everywhere(words), platform))).not.toMatch(CALLS[platform.name] ?? /./);
  });
});

it.each(['feishu', 'wecom', 'slack', 'teams'])('would call somebody on %s with the words as they are', (name) => {
  expect(ALL).toMatch(CALLS[name] ?? /$^/);
});

const sizeOf = (payload: Payload) => byteLength(JSON.stringify(payload));
