import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { against } from './channel.contract';
import { openChannel, type Webhook } from './index';

const DINGTALK = 'https://oapi.dingtalk.com/robot/send?access_token=0123abcd';
const FEISHU = 'https://open.feishu.cn/open-apis/bot/v2/hook/0123abcd';
const LONG = { title: 'AWS 告警', severity: 'warning' as const, quote: '硬件已降级。\n'.repeat(2_000) };

interface Got {
  url: string;
  type: string;
  body: { msgUuid?: string; markdown?: { title: string; text: string } };
}

it('sends the parts in order, each with an idempotency key of its own', async () => {
  const got = await sent({ url: DINGTALK }, (channel) => channel.send(LONG, 'evt-1'));
  expect(got.map(({ body }) => body.markdown?.title)).toEqual([
    '🟠 AWS 告警 (1/3)',
    '🟠 AWS 告警 (2/3)',
    '🟠 AWS 告警 (3/3)',
  ]);
  expect(got.map(({ body }) => body.msgUuid)).toEqual(['evt-1', 'evt-1-2', 'evt-1-3']);
});

it('posts JSON in UTF-8 to the url of the webhook', async () => {
  const got = await sent({ url: FEISHU }, (channel) => channel.send({ title: 't', severity: 'info' }));
  expect(got).toMatchObject([
    { url: '/open.feishu.cn/open-apis/bot/v2/hook/0123abcd', type: 'application/json; charset=utf-8' },
  ]);
});

it('stops at the first part that is refused', async () => {
  let visits = 0;
  const listener: RequestListener = (_, response) => {
    visits++;
    response.end(JSON.stringify(visits === 2 ? { errcode: 130101 } : { errcode: 0 }));
  };
  const sending = against(listener, (world) => openChannel({ url: DINGTALK }, world).send(LONG));
  await expect(sending).rejects.toMatchObject({ retryable: true });
  expect(visits).toBe(2);
});

it.each(['[生产]', 'C*', 'a_b_', '<告警>', 'R&D', '告警'])(
  'has the keyword %s in every part, letter by letter',
  async (keyword) => {
    for (const url of [DINGTALK, FEISHU]) {
      const got = await sent({ url, keyword }, (channel) => channel.send(LONG));
      expect(got.length).toBeGreaterThan(1);
      for (const { body } of got) expect(JSON.stringify(body)).toContain(keyword);
      for (const { body } of got) expect(body.markdown?.title ?? keyword).toContain(keyword);
      for (const { body } of got) expect(body.markdown?.text ?? keyword).toContain(keyword);
    }
  },
);

it('has the keyword in the title of a link card too', async () => {
  const links = [{ label: 'l', url: 'https://a.example' }];
  const [got] = await sent({ url: DINGTALK, keyword: '[生产]' }, (channel) =>
    channel.send({ title: 't', severity: 'info', links }),
  );
  expect(got?.body).toMatchObject({
    actionCard: { title: '🔵 [生产] · t', text: '#### 🔵 \\[生产\\] · t\n\n[生产]' },
  });
});

it('does not repeat a keyword that the title holds already', async () => {
  const [got] = await sent({ url: DINGTALK, keyword: '告警' }, (channel) =>
    channel.send({ title: '新告警', severity: 'info' }),
  );
  expect(got?.body.markdown?.title).toBe('🔵 新告警');
});

it('refuses a webhook that is nobody’s, without telling it', () => {
  const open = () =>
    openChannel({ url: 'https://example.com/0123abcd' }, { now: Date.now, timeout: 1, endpoint: String });
  expect(open).toThrow(/not one of a chat platform we know/);
  expect(open).not.toThrow(/0123abcd/);
});

async function sent(
  webhook: Webhook,
  send: (channel: ReturnType<typeof openChannel>) => Promise<void>,
): Promise<Got[]> {
  const got: Got[] = [];
  const listener: RequestListener = (request, response) => {
    let json = '';
    request.setEncoding('utf8').on('data', (chunk) => {
      json += chunk;
    });
    request.on('end', () => {
      got.push({ url: request.url ?? '', type: String(request.headers['content-type']), body: JSON.parse(json) });
      response.end(JSON.stringify({ errcode: 0, code: 0 }));
    });
  };
  await against(listener, (world) => send(openChannel(webhook, world)));
  return got;
}

it('goes on with the part that was refused when the same card comes again', async () => {
  const arrived: string[] = [];
  let refuse = true;
  const listener: RequestListener = async (request, response) => {
    const title = JSON.parse(await text(request)).markdown.title;
    const refused = refuse && arrived.length === 1;
    if (!refused) arrived.push(/\((\d+)\//.exec(title)?.[1] ?? title);
    response.end(JSON.stringify({ errcode: refused ? 130101 : 0 }));
  };
  await against(listener, async (world) => {
    const channel = openChannel({ url: DINGTALK }, world);
    await expect(channel.send(LONG, 'one')).rejects.toMatchObject({ retryable: true });
    refuse = false;
    await channel.send(LONG, 'one');
  });
  expect(arrived).toEqual(arrived.map((_, index) => `${index + 1}`));
});
