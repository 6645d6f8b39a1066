import type { RequestListener } from 'node:http';
import { json } from 'node:stream/consumers';
import { against } from './against.fixture';
import { type Card, createRuntime, openChannel, type Webhook } from './webhooks';

const DINGTALK = 'https://oapi.dingtalk.com/robot/send?access_token=0123abcd';
const FEISHU = 'https://open.feishu.cn/open-apis/bot/v2/hook/0123abcd';
const LONG = { title: 'AWS 告警', severity: 'warning' as const, quote: '硬件已降级。\n'.repeat(2_000) };

interface Received {
  url: string;
  type: string;
  body: { msgUuid?: string; markdown?: { title: string; text: string }; text?: { content: string } };
}

/** Composes a card and posts it message by message, with a key for each part; resolves with what the platform received. */
async function deliver(webhook: Webhook, card: Card, form?: 'card' | 'plain'): Promise<Received[]> {
  const received: Received[] = [];
  const listener: RequestListener = async (request, response) => {
    const body = (await json(request)) as Received['body'];
    received.push({ url: request.url ?? '', type: String(request.headers['content-type']), body });
    response.end(JSON.stringify({ errcode: 0, code: 0 }));
  };
  await against(listener, async (runtime) => {
    const channel = openChannel(webhook, runtime);
    for (const [index, message] of channel.compose(card, form).entries())
      await channel.post(message, `part ${index + 1}`);
  });
  return received;
}

describe('openChannel()', () => {
  it('posts the parts in order, each with the key that it is given', async () => {
    const received = await deliver({ url: DINGTALK }, LONG);
    const titles = ['🟠 AWS 告警 (1/3)', '🟠 AWS 告警 (2/3)', '🟠 AWS 告警 (3/3)'];
    expect(received.map(({ body }) => body.markdown?.title)).toEqual(titles);
    expect(received.map(({ body }) => body.msgUuid)).toEqual(['part 1', 'part 2', 'part 3']);
  });

  it('posts JSON in UTF-8 to the url of the webhook', async () => {
    const received = await deliver({ url: FEISHU }, { title: 't', severity: 'info' });
    const url = '/open.feishu.cn/open-apis/bot/v2/hook/0123abcd';
    expect(received).toMatchObject([{ url, type: 'application/json; charset=utf-8' }]);
  });

  it('composes the same messages every time, so that a retry can continue with a part', () => {
    const [first, second] = [DINGTALK, DINGTALK].map((url) => openChannel({ url }, createRuntime()).compose(LONG));
    expect(first).toHaveLength(3);
    expect(first).toEqual(second);
  });

  it('composes one message in plain form, however long the card is', async () => {
    const received = await deliver({ url: DINGTALK }, LONG, 'plain');
    const content = expect.stringMatching(/^🟠 AWS 告警\n(硬件已降级。\n)+.*…$/u);
    expect(received.map(({ body }) => body.text?.content)).toEqual([content]);
  });

  it.each(['[生产]', 'C*', 'a_b_', '<告警>', 'R&D', '告警'])(
    'puts the keyword %s into every part and into the plain form, character by character',
    async (keyword) => {
      for (const url of [DINGTALK, FEISHU]) {
        const parts = await deliver({ url, keyword }, LONG);
        expect(parts.length).toBeGreaterThan(1);
        for (const { body } of parts) {
          expect(JSON.stringify(body)).toContain(keyword);
          expect(body.markdown?.title ?? keyword).toContain(keyword);
          expect(body.markdown?.text ?? keyword).toContain(keyword);
        }
        const [plain] = await deliver({ url, keyword }, { ...LONG, title: 'AWS' }, 'plain');
        expect(JSON.stringify(plain?.body)).toContain(`🟠 ${keyword} · AWS`);
      }
    },
  );

  it('puts the keyword into the title of a link card too', async () => {
    const links = [{ label: 'l', url: 'https://a.example' }];
    const [card] = await deliver({ url: DINGTALK, keyword: '[生产]' }, { title: 't', severity: 'info', links });
    const actionCard = { title: '🔵 [生产] · t', text: '#### 🔵 \\[生产\\] · t\n\n[生产]' };
    expect(card?.body).toMatchObject({ actionCard });
  });

  it('does not repeat a keyword that the title already contains', async () => {
    const [card] = await deliver({ url: DINGTALK, keyword: '告警' }, { title: '新告警', severity: 'info' });
    expect(card?.body.markdown?.title).toBe('🔵 新告警');
  });

  it('rejects a webhook of no platform, without the url in the error', () => {
    const open = () => openChannel({ url: 'https://example.com/0123abcd' }, createRuntime());
    expect(open).toThrow(/not one of a chat platform we know/);
    expect(open).not.toThrow(/0123abcd/);
  });
});
