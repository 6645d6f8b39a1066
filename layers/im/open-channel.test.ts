import type { RequestListener } from 'node:http';
import { json } from 'node:stream/consumers';
import { against } from './against.fixture';
import { type Card, openChannel, WEBHOOK_PLATFORMS, type Webhook } from './webhooks';

const DINGTALK = 'https://oapi.dingtalk.com/robot/send?access_token=0123abcd';
const FEISHU = 'https://open.feishu.cn/open-apis/bot/v2/hook/0123abcd';
const URLS: Readonly<Record<string, string>> = {
  dingtalk: DINGTALK,
  feishu: FEISHU,
  wecom: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123abcd',
  slack: 'https://hooks.slack.com/services/T0/B0/0123abcd',
  teams: 'https://prod-1.westeurope.logic.azure.com/workflows/0123abcd/triggers/manual/paths/invoke?sig=x',
};
const RATES: Readonly<Record<string, object>> = {
  dingtalk: { rateLimits: [{ messages: 20, seconds: 60 }], monthlyQuota: 3000 },
  feishu: {
    rateLimits: [
      { messages: 100, seconds: 60 },
      { messages: 5, seconds: 1 },
    ],
  },
  wecom: { rateLimits: [{ messages: 20, seconds: 60 }] },
  slack: { rateLimits: [{ messages: 1, seconds: 1 }] },
  teams: { rateLimits: [{ messages: 4, seconds: 1 }] },
};
const LONG = { title: 'AWS 告警', severity: 'warning' as const, quote: '硬件已降级。\n'.repeat(2_000) };

interface Got {
  url: string;
  type: string;
  body: { msgUuid?: string; markdown?: { title: string; text: string }; text?: { content: string } };
}

it('composes the parts in order, and posts each under the key that it is given', async () => {
  const got = await told({ url: DINGTALK }, LONG);
  expect(got.map(({ body }) => body.markdown?.title)).toEqual([
    '🟠 AWS 告警 (1/3)',
    '🟠 AWS 告警 (2/3)',
    '🟠 AWS 告警 (3/3)',
  ]);
  expect(got.map(({ body }) => body.msgUuid)).toEqual(['part 1', 'part 2', 'part 3']);
});

it('posts JSON in UTF-8 to the url of the webhook', async () => {
  const got = await told({ url: FEISHU }, { title: 't', severity: 'info' });
  expect(got).toMatchObject([
    { url: '/open.feishu.cn/open-apis/bot/v2/hook/0123abcd', type: 'application/json; charset=utf-8' },
  ]);
});

it('composes the same messages every time, so that one who remembers the part can go on with it', async () => {
  const [first, second] = [openFar({ url: DINGTALK }), openFar({ url: DINGTALK })];
  expect(first.compose(LONG)).toHaveLength(3);
  expect(first.compose(LONG)).toEqual(second.compose(LONG));
});

it('has one message in plain form, however long the card is', async () => {
  const got = await told({ url: DINGTALK }, LONG, 'plain');
  expect(got.map(({ body }) => body.text?.content)).toEqual([
    expect.stringMatching(/^🟠 AWS 告警\n(硬件已降级。\n)+.*…$/u),
  ]);
});

it.each(WEBHOOK_PLATFORMS)('tells how much $name takes', ({ name, rateLimits, monthlyQuota }) => {
  const url = URLS[name] ?? '';
  expect(openFar({ url })).toMatchObject({ platform: name, rateLimits, monthlyQuota });
  expect({ rateLimits, monthlyQuota }).toEqual(RATES[name]);
});

it.each(['[生产]', 'C*', 'a_b_', '<告警>', 'R&D', '告警'])(
  'has the keyword %s in every part, letter by letter',
  async (keyword) => {
    for (const url of [DINGTALK, FEISHU]) {
      const got = await told({ url, keyword }, LONG);
      expect(got.length).toBeGreaterThan(1);
      for (const { body } of got) expect(JSON.stringify(body)).toContain(keyword);
      for (const { body } of got) expect(body.markdown?.title ?? keyword).toContain(keyword);
      for (const { body } of got) expect(body.markdown?.text ?? keyword).toContain(keyword);
    }
  },
);

it.each(['[生产]', 'C*', 'a_b_', '<告警>', 'R&D', '告警'])(
  'has the keyword %s in plain form, letter by letter',
  async (keyword) => {
    for (const url of [DINGTALK, FEISHU]) {
      const [got] = await told({ url, keyword }, { ...LONG, title: 'AWS' }, 'plain');
      expect(got?.body).toMatchObject(
        url === DINGTALK
          ? { text: { content: expect.stringContaining(`🟠 ${keyword} · AWS`) } }
          : { content: { text: expect.stringContaining(`🟠 ${keyword} · AWS`) } },
      );
    }
  },
);

it('has the keyword in the title of a link card too', async () => {
  const links = [{ label: 'l', url: 'https://a.example' }];
  const [got] = await told({ url: DINGTALK, keyword: '[生产]' }, { title: 't', severity: 'info', links });
  expect(got?.body).toMatchObject({
    actionCard: { title: '🔵 [生产] · t', text: '#### 🔵 \\[生产\\] · t\n\n[生产]' },
  });
});

it('does not repeat a keyword that the title holds already', async () => {
  const [got] = await told({ url: DINGTALK, keyword: '告警' }, { title: '新告警', severity: 'info' });
  expect(got?.body.markdown?.title).toBe('🔵 新告警');
});

it('refuses a webhook that is nobody’s, without telling it', () => {
  const open = () => openFar({ url: 'https://example.com/0123abcd' });
  expect(open).toThrow(/not one of a chat platform we know/);
  expect(open).not.toThrow(/0123abcd/);
});

/** A channel that is not meant to reach anyone. */
function openFar(webhook: Webhook) {
  return openChannel(webhook, { now: Date.now, timeoutMs: 1, resolveEndpoint: String });
}

/** What arrives of a card that is posted message by message. */
async function told(webhook: Webhook, card: Card, form?: 'card' | 'plain'): Promise<Got[]> {
  const got: Got[] = [];
  const listener: RequestListener = async (request, response) => {
    const body = (await json(request)) as Got['body'];
    got.push({ url: request.url ?? '', type: String(request.headers['content-type']), body });
    response.end(JSON.stringify({ errcode: 0, code: 0 }));
  };
  await against(listener, async (runtime) => {
    const channel = openChannel(webhook, runtime);
    for (const [at, message] of channel.compose(card, form).entries()) await channel.post(message, `part ${at + 1}`);
  });
  return got;
}
