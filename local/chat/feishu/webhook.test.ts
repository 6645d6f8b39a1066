import type { RoomSetup } from '../rooms';
import { NOON, openWebhook, type WebhookClient } from '../webhook.fixture';
import { signatureOf } from './webhook-response';
import { view } from './webhook-view';

const HOOK = '/open-apis/bot/v2/hook/';
const text = (text: string) => ({ msg_type: 'text', content: { text } });
const card2 = (...elements: unknown[]) => ({ msg_type: 'interactive', card: { schema: '2.0', body: { elements } } });
const card1 = (...elements: unknown[]) => ({ msg_type: 'interactive', card: { elements } });
const markdown = (content: string) => ({ tag: 'markdown', content });
const plain = (content: string) => ({ tag: 'plain_text', content });
const button = { tag: 'button', text: plain('打开') };
const table = '| a |\n| --- |\n| b |\n\n';

let client: WebhookClient;
afterEach(() => client?.chats.close());
const open = async (room: Partial<RoomSetup> = {}) => {
  client = await openWebhook({ platform: 'feishu', url: `https://open.feishu.cn${HOOK}0123`, ...room });
};

describe('the webhook of Feishu without security', () => {
  beforeEach(() => open());

  it('accepts a message, and rejects an unknown token, with HTTP 200', async () => {
    const body = { code: 0, msg: 'success', data: {}, StatusCode: 0, StatusMessage: 'success', Extra: null };
    expect(await client.send(text('你好'))).toMatchObject({ status: 200, body });
    const unknown = await client.send(text('x'), { url: `https://open.feishu.cn${HOOK}x` });
    expect(unknown).toMatchObject({ status: 200, body: { code: 19001 } });
    expect(client.room.messages).toHaveLength(1);
  });

  it.each([
    ['GET', {}, { method: 'GET' }],
    ['plain text', JSON.stringify(text('x')), { type: 'text/plain' }],
    ['invalid JSON', '{"msg_type":', {}],
    ['an unknown type', { msg_type: 'file', content: {} }, {}],
    ['a text without text', { msg_type: 'text', content: {} }, {}],
    ['7,000 Chinese characters', text('告'.repeat(7000)), {}],
  ])('rejects %s as a bad request', async (_, body, options) => {
    expect(await client.send(body, options)).toMatchObject({ status: 400, body: { code: 9499, msg: 'Bad Request' } });
    expect(client.room.messages).toEqual([]);
  });

  it.each([
    ['an action in a 2.0 card', card2({ tag: 'action', actions: [button] }), 'ErrCode: 200861'],
    ['a note in a 2.0 card', card2(markdown('a'), { tag: 'note', elements: [] }), 'unsupported tag note'],
    ['a nested action', card2({ tag: 'column_set', columns: [{ elements: [{ tag: 'action' }] }] }), 'ErrCode: 200861'],
    ['a divider instead of hr', card2({ tag: 'divider' }), 'unsupported type of block; ErrorValue: divider'],
    ['a 2.0 card without body', { msg_type: 'interactive', card: { schema: '2.0', elements: [button] } }, '200621'],
    ['an empty card', card2(), '200621'],
    ['no card', { msg_type: 'interactive' }, '200621'],
    ['a markdown without content', card2({ tag: 'markdown' }), '200621'],
    ['a button outside an action in a 1.0 card', card1(button), 'unsupported type of block; ErrorValue: button'],
    ['six tables', card2(markdown(table.repeat(6))), 'card table number over limit'],
  ])('rejects %s with HTTP 200', async (_, body, error) => {
    const msg = expect.stringContaining(error);
    expect(await client.send(body)).toMatchObject({ status: 200, body: { code: 11246, msg } });
    expect(client.room.rejections).toHaveLength(1);
  });

  it.each([
    ['2.0', card2(markdown('**a**'), { tag: 'hr' }, button)],
    ['1.0', card1({ tag: 'div', text: { tag: 'lark_md', content: 'a' } }, { tag: 'action', actions: [button] })],
    ['2.0 with five tables', card2(markdown(table.repeat(5)))],
  ])('accepts a %s card', async (_, body) => {
    expect((await client.send(body)).body).toMatchObject({ code: 0 });
  });

  it('accepts five messages in a second and a hundred in a minute', async () => {
    const send = async () => Object((await client.send(text('x'))).body).code;
    for (let sent = 0; sent < 5; sent += 1) expect(await send()).toBe(0);
    expect(await send()).toBe(11232);
    client.clock.now += 1000;
    for (let sent = 5; sent < 100; sent += 1) {
      expect(await send()).toBe(0);
      client.clock.now += 300;
    }
    expect(await send()).toBe(11232);
  });
});

describe('the webhook of Feishu with security', () => {
  const seconds = NOON / 1000;
  const signed = (at: number, secret = 'demo') => ({ timestamp: `${at}`, sign: signatureOf(`${at}`, secret) });

  it('has the published signature, and accepts one that is an hour off, on the host of Lark', async () => {
    expect(signatureOf('1599360473', 'demo')).toBe('l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=');
    await open({ secret: 'demo', url: `https://open.larksuite.com${HOOK}0123` });
    expect((await client.send({ ...text('x'), ...signed(seconds - 3600) })).body).toMatchObject({ code: 0 });
  });

  it.each([
    ['no signature', {}],
    ['the wrong secret', signed(seconds, 'x')],
    ['a signature more than an hour ago', signed(seconds - 3601)],
    ['milliseconds', signed(NOON)],
    ['a timestamp that is a number', { ...signed(seconds), timestamp: seconds }],
  ])('rejects %s', async (_, security) => {
    await open({ secret: 'demo' });
    expect(await client.send({ ...text('x'), ...security })).toMatchObject({ status: 200, body: { code: 19021 } });
  });

  it('requires the keyword in a text, not in a URL', async () => {
    await open({ keyword: '告警' });
    const link = { ...button, behaviors: [{ type: 'open_url', default_url: 'https://a.example/告警' }] };
    expect((await client.send(card2(link))).body).toMatchObject({ code: 19024, msg: 'Key Words Not Found' });
    expect((await client.send(card2(markdown('告警'), link))).body).toMatchObject({ code: 0 });
  });
});

describe('the view of a Feishu message', () => {
  const read = (content: string) => view(card2(markdown(content)));

  it.each([
    [
      '**账户**: 1\n- `a*b`\n[控制台](https://a.example) &#42;&#42;b&#42;&#42;&nbsp;&lt;i&gt;',
      ['账户: 1', '• a*b', '控制台 <https://a.example> **b** <i>'],
    ],
    ["<font color='red'>危险</font> <text_tag color='blue'>新</text_tag>", ['危险 新']],
  ])('reads markdown: %j', (content, lines) => {
    expect(read(content).lines).toEqual(lines);
  });

  it.each([
    ['<at id=all></at> <at id="ou_1"></at> <at ids=ou_2,ou_3></at>', ['@all', '@ou_1', '@ou_2', '@ou_3']],
    ['&#60;at id=all&#62;&#60;/at&#62; <at email=a@b.example></at> <at user_id="all"></at>', []],
    ['`<at id=all></at>`', ['@all']],
  ])('has the mentions of %j', (content, mentions) => {
    expect(read(content).mentions).toEqual(mentions);
  });

  it('shows title, colour, plain text, rules, columns, links and fields', () => {
    const header = { title: plain('GuardDuty 高危'), template: 'red' };
    const link = { ...button, behaviors: [{ type: 'open_url', default_url: 'https://a.example' }] };
    const options = [{ text: plain('急'), value: 'urgent' }];
    const placeholder = plain('一句话');
    const elements = [
      { tag: 'div', text: plain('**a** <at id=all></at>') },
      { tag: 'hr' },
      { tag: 'column_set', columns: [{ tag: 'column', elements: [markdown('a'), link] }] },
      { tag: 'input', placeholder },
      { tag: 'input', placeholder, default_value: '连不上' },
      { tag: 'select_static', placeholder, options },
      { tag: 'select_static', placeholder, options, initial_option: 'urgent' },
    ];
    const lines = ['**a** <at id=all></at>', '────', 'a', '打开 <https://a.example>'];
    const fields = ['[ 一句话 ]', '[ 连不上 ]', '[ 一句话 ▾ ]', '[ 急 ▾ ]'];
    const card = { schema: '2.0', header, body: { elements } };
    const shown = { title: 'GuardDuty 高危', mark: 'red', lines: [...lines, ...fields], mentions: [] };
    expect(view({ msg_type: 'interactive', card })).toEqual(shown);
  });

  it('shows texts and posts, whose mentions are by user_id', () => {
    const shown = { lines: ['@all a'], mentions: ['@all'] };
    expect(view(text('<at user_id="all">所有人</at> a'))).toMatchObject(shown);
    const run = { tag: 'a', text: '开', href: 'https://a.example' };
    const content = [[{ tag: 'text', text: 'x ' }, run, { tag: 'at', user_id: 'ou_1' }]];
    expect(view({ msg_type: 'post', content: { post: { zh_cn: { title: '🔴 题', content } } } })).toEqual({
      title: '题',
      mark: '🔴',
      lines: ['x 开 <https://a.example>@ou_1'],
      mentions: ['@ou_1'],
    });
  });
});
