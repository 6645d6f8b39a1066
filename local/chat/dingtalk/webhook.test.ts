import { NOON, openWebhook, type WebhookClient } from '../webhook.fixture';
import { signatureOf } from './webhook-response';
import { view } from './webhook-view';

const URL = 'https://oapi.dingtalk.com/robot/send';
const WEBHOOK = `${URL}?access_token=0123`;
const SECRET = 'SEC0123';
const text = (content: string) => ({ msgtype: 'text', text: { content } });
const markdown = (text: string, title = '告警') => ({ msgtype: 'markdown', markdown: { title, text } });
const card = (more: object) => ({ msgtype: 'actionCard', actionCard: { title: 't', text: 'x', ...more } });

let client: WebhookClient;
afterEach(() => client?.chats.close());
const open = async (room: { secret?: string; keyword?: string } = {}, limits: 'real' | 'off' = 'real') => {
  client = await openWebhook({ platform: 'dingtalk', url: WEBHOOK, ...room }, { limits });
};

describe('the webhook of DingTalk without security', () => {
  beforeEach(() => open());

  it.each([
    ['GET', {}, { method: 'GET' }, 43002],
    ['a form', 'a=b', { type: 'application/x-www-form-urlencoded' }, 43004],
    ['no token', {}, { url: URL }, 40035],
    ['an unknown token', {}, { url: `${URL}?access_token=x` }, 300005],
    ['invalid JSON', '{"msgtype":', {}, 40035],
    ['an unknown message type', { msgtype: 'image', image: {} }, {}, 400105],
    ['an inherited name as type', { msgtype: 'constructor' }, {}, 400105],
    ['a text without content', { msgtype: 'text', text: {} }, {}, 40035],
    ['a markdown without title', markdown('x', ''), {}, 40035],
    ['an actionCard without buttons', card({}), {}, 40035],
    ['a button without URL', card({ btns: [{ title: 'b' }] }), {}, 40035],
    ['6,700 Chinese characters', text('告'.repeat(6700)), {}, 460101],
  ])('rejects %s with HTTP 200', async (_, body, options, errcode) => {
    expect(await client.send(body, options)).toMatchObject({ status: 200, body: { errcode } });
    expect(client.room.messages).toEqual([]);
  });

  it('accepts 20,000 bytes and no more', async () => {
    const content = 'a'.repeat(20_000 - Buffer.byteLength(JSON.stringify(text(''))));
    expect((await client.send(text(content))).body).toEqual({ errcode: 0, errmsg: 'ok' });
    expect((await client.send(text(`${content}a`))).body).toMatchObject({ errcode: 460101 });
  });

  it.each([
    { singleTitle: '打开', singleURL: 'https://a.example' },
    { btns: [{ title: '打开', actionURL: 'https://a.example' }] },
  ])('accepts an actionCard with %j', async (buttons) => {
    expect((await client.send(card(buttons))).body).toMatchObject({ errcode: 0 });
  });

  it('accepts twenty messages in a minute, then blocks the robot for ten', async () => {
    for (let sent = 0; sent < 20; sent += 1) await client.send(text('x'));
    expect(client.room.messages).toHaveLength(20);
    const tooFast = { errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute' };
    expect((await client.send(text('x'))).body).toEqual(tooFast);
    client.clock.now += 599_000;
    expect((await client.send(text('x'))).body).toEqual(tooFast);
    client.clock.now += 1000;
    expect((await client.send(text('x'))).body).toMatchObject({ errcode: 0 });
  });

  it('posts a msgUuid once', async () => {
    const message = { ...text('x'), msgUuid: 'event-1' };
    await client.send(message);
    expect((await client.send(message)).body).toEqual({ errcode: 0, errmsg: 'ok' });
    expect([client.room.messages.length, client.room.duplicateCount]).toEqual([1, 1]);
  });
});

describe('the webhook of DingTalk with security', () => {
  const signed = (at = NOON, secret = SECRET) => ({
    query: { timestamp: `${at}`, sign: signatureOf(`${at}`, secret) },
  });
  const rejection = (text: string) => ({ errcode: 310000, errmsg: expect.stringContaining(text) });

  it('has the published signature, and accepts one that is an hour off', async () => {
    expect(signatureOf('1577262236757', 'this is a secret')).toBe('DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA=');
    await open({ secret: SECRET });
    expect((await client.send(text('x'), signed(NOON - 3_600_000))).body).toMatchObject({ errcode: 0 });
  });

  it.each([
    ['no signature', {}, 'sign not match'],
    ['the wrong secret', signed(NOON, 'SECx'), 'sign not match'],
    ['a signature over seconds', signed(NOON / 1000), 'invalid timestamp'],
    ['a timestamp more than an hour ago', signed(NOON - 3_600_001), 'invalid timestamp'],
    ['a timestamp more than an hour ahead', signed(NOON + 3_600_001), 'invalid timestamp'],
    ['a timestamp that is no number', { query: { timestamp: 'noon', sign: 'x' } }, 'invalid timestamp'],
  ])('rejects %s', async (_, options, text_) => {
    await open({ secret: SECRET });
    expect((await client.send(text('x'), options)).body).toEqual(rejection(text_));
  });

  it('rejects a plus sign that is not URL-encoded', async () => {
    await open({ secret: SECRET });
    const times = Array.from({ length: 99 }, (_, back) => `${NOON - back}`);
    const at = times.find((time) => signatureOf(time, SECRET).includes('+')) ?? '';
    const url = `${WEBHOOK}&timestamp=${at}&sign=${signatureOf(at, SECRET)}`;
    expect((await client.send(text('x'), { url })).body).toEqual(rejection('sign not match'));
  });

  it('requires the keyword in the text, not in the title', async () => {
    await open({ keyword: '告警' });
    expect((await client.send(markdown('一切正常', '告警'))).body).toEqual(rejection('keywords not in content'));
    expect((await client.send(markdown('告警：CPU', '标题'))).body).toMatchObject({ errcode: 0 });
  });

  it('limits nothing if limits are off', async () => {
    await open({}, 'off');
    for (let sent = 0; sent < 25; sent += 1) await client.send(text('x'));
    expect(client.room.messages).toHaveLength(25);
  });
});

describe('the view of a DingTalk message', () => {
  const read = (text: string, at = {}) => view({ ...markdown(text, 'preview'), at });

  it('takes title and mark from the heading, or the title from the preview', () => {
    expect(read('#### 🔴 EC2 已停止\n正文')).toMatchObject({ title: 'EC2 已停止', mark: '🔴', lines: ['正文'] });
    expect(read('正文')).toMatchObject({ title: 'preview', mark: '', lines: ['正文'] });
  });

  it.each([
    ['账户: 1\n区域: 2', ['账户: 1 区域: 2']],
    ['a  \nb\n\nc\n- d\n- e\n> f\n# g\nh', ['a', 'b', 'c', '• d', '• e', '│ f', 'g', 'h']],
    ['> a\n> b  \n> c', ['│ a b', '│ c']],
    [
      '**账户**: `a*b*c` [控制台](https://a.example/x_y_z) \\*\\*not bold\\*\\* 2\\. _so_',
      ['账户: a*b*c 控制台 <https://a.example/x_y_z> **not bold** 2. so'],
    ],
  ])('breaks lines and reads markdown: %j', (text, lines) => {
    expect(read(text).lines).toEqual(lines);
  });

  it('shows the page inside a dingtalk:// link, a text without markup, links and feed cards', () => {
    const inner = 'https://console.aws.amazon.com/?a=b&c=d';
    const actionURL = `dingtalk://dingtalkclient/page/link?url=${encodeURIComponent(inner)}&pc_slide=false`;
    expect(view(card({ btns: [{ title: '打开', actionURL }] })).lines).toEqual(['x', `打开 <${inner}>`]);
    expect(view(text('# **a**\nb')).lines).toEqual(['# **a**', 'b']);
    const link = { title: 't', text: 'x', messageUrl: 'https://a.example' };
    const shown = { title: 't', lines: ['x', '<https://a.example>'], mentions: [] };
    expect(view({ msgtype: 'link', link, at: { isAtAll: true } })).toMatchObject(shown);
    const links = [{ title: 'a', messageURL: 'https://a.example' }];
    expect(view({ msgtype: 'feedCard', feedCard: { links } }).lines).toEqual(['a <https://a.example>']);
  });

  it('has the mentions of `at` that the text shows', () => {
    expect(read('@all @13800000000 @所有人').mentions).toEqual([]);
    const at = { atMobiles: ['13800000000', '13900000000'], atUserIds: ['li'], isAtAll: true };
    expect(read('@13800000000 @li', at).mentions).toEqual(['@13800000000', '@li', '@all']);
  });
});
