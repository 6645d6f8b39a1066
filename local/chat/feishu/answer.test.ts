import { enter, NOON, type Visitor } from '../visitor';
import { signatureOf } from './answer';

const URL = 'https://open.feishu.cn/open-apis/bot/v2/hook/0123';
const text = (words: string) => ({ msg_type: 'text', content: { text: words } });
const card2 = (...elements: unknown[]) => ({ msg_type: 'interactive', card: { schema: '2.0', body: { elements } } });
const card1 = (...elements: unknown[]) => ({ msg_type: 'interactive', card: { elements } });
const markdown = (content: string) => ({ tag: 'markdown', content });
const button = { tag: 'button', text: { tag: 'plain_text', content: '打开' } };

let visitor: Visitor;
afterEach(() => visitor.chats.close());

const open = async (room: { secret?: string; keyword?: string; url?: string } = {}) => {
  visitor = await enter({ platform: 'feishu', url: URL, ...room });
};

describe('Feishu, as a bot without security', () => {
  beforeEach(() => open());

  it('says yes with code 0 and its legacy twins', async () => {
    const yes = { code: 0, msg: 'success', data: {}, StatusCode: 0, StatusMessage: 'success', Extra: null };
    expect(await visitor.send(text('你好'))).toMatchObject({ status: 200, body: yes });
    expect(visitor.room.messages).toHaveLength(1);
  });

  it('refuses a token of nobody inside an HTTP 200', async () => {
    const answer = await visitor.send(text('x'), { url: 'https://open.feishu.cn/open-apis/bot/v2/hook/x' });
    expect(answer).toMatchObject({
      status: 200,
      body: { code: 19001, msg: 'param invalid: incoming webhook access token invalid' },
    });
  });

  it.each([
    ['GET', {}, { method: 'GET' }],
    ['plain text', JSON.stringify(text('x')), { type: 'text/plain' }],
    ['half a JSON', '{"msg_type":', {}],
    ['an unknown type', { msg_type: 'file', content: {} }, {}],
    ['a text without text', { msg_type: 'text', content: {} }, {}],
    ['7,000 Chinese characters', text('告'.repeat(7000)), {}],
  ])('calls %s a bad request', async (_, body, visit) => {
    expect(await visitor.send(body, visit)).toMatchObject({ status: 400, body: { code: 9499, msg: 'Bad Request' } });
    expect(visitor.room.messages).toEqual([]);
  });

  it.each([
    ['a 2.0 card with an action', card2({ tag: 'action', actions: [button] }), 'ErrCode: 200861'],
    ['a 2.0 card with a note', card2(markdown('a'), { tag: 'note', elements: [] }), 'unsupported tag note'],
    [
      'an action deep inside',
      card2({ tag: 'column_set', columns: [{ tag: 'column', elements: [{ tag: 'action' }] }] }),
      'ErrCode: 200861',
    ],
    ['a divider instead of hr', card2({ tag: 'divider' }), 'unsupported type of block; ErrorValue: divider'],
    ['a 2.0 card without body', { msg_type: 'interactive', card: { schema: '2.0', elements: [button] } }, '200621'],
    ['an empty card', card2(), '200621'],
    ['no card at all', { msg_type: 'interactive' }, '200621'],
    ['a markdown without content', card2({ tag: 'markdown' }), '200621'],
    ['a button outside an action in a 1.0 card', card1(button), 'unsupported type of block; ErrorValue: button'],
    ['six tables', card2(markdown('| a |\n| --- |\n| b |\n\n'.repeat(6))), 'card table number over limit'],
  ])('refuses %s inside an HTTP 200', async (_, body, words) => {
    const answer = await visitor.send(body);
    expect(answer).toMatchObject({ status: 200, body: { code: 11246, msg: expect.stringContaining(words) } });
    expect(visitor.room.rejections).toHaveLength(1);
  });

  it.each([
    ['2.0', card2(markdown('**a**'), { tag: 'hr' }, button)],
    ['1.0', card1({ tag: 'div', text: { tag: 'lark_md', content: 'a' } }, { tag: 'action', actions: [button] })],
    ['2.0 with five tables', card2(markdown('| a |\n| --- |\n| b |\n\n'.repeat(5)))],
  ])('shows a %s card', async (_, body) => {
    expect((await visitor.send(body)).body).toMatchObject({ code: 0 });
  });

  it('lets five through in a second and a hundred in a minute', async () => {
    const results: unknown[] = [];
    for (let sent = 0; sent < 6; sent += 1) results.push((await visitor.send(text('x'))).body);
    expect(results.slice(0, 5)).toEqual(Array(5).fill(expect.objectContaining({ code: 0 })));
    expect(results[5]).toMatchObject({ code: 11232, msg: expect.stringContaining('frequency limited') });
    visitor.clock.now += 1000;
    for (let sent = 5; sent < 100; sent += 1) {
      visitor.clock.now += 300;
      expect((await visitor.send(text('x'))).body).toMatchObject({ code: 0 });
    }
    visitor.clock.now += 300;
    expect((await visitor.send(text('x'))).body).toMatchObject({ code: 11232 });
  });
});

describe('Feishu, as a bot with security', () => {
  const seconds = NOON / 1000;
  const signed = (at: number, secret = 'demo') => ({ timestamp: `${at}`, sign: signatureOf(`${at}`, secret) });

  it('agrees with the published test vector', async () => {
    await open();
    expect(signatureOf('1599360473', 'demo')).toBe('l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=');
  });

  it.each([
    ['no signature', {}],
    ['the wrong secret', signed(seconds, 'x')],
    ['a signature of more than an hour ago', signed(seconds - 3601)],
    ['milliseconds', signed(NOON)],
    ['a timestamp that is a number', { ...signed(seconds), timestamp: seconds }],
  ])('refuses %s', async (_, security) => {
    await open({ secret: 'demo' });
    expect(await visitor.send({ ...text('x'), ...security })).toMatchObject({
      status: 200,
      body: { code: 19021, msg: 'sign match fail or timestamp is not within one hour from current time' },
    });
  });

  it('takes a good signature, on the host of Lark too', async () => {
    await open({ secret: 'demo', url: 'https://open.larksuite.com/open-apis/bot/v2/hook/0123' });
    expect((await visitor.send({ ...text('x'), ...signed(seconds - 3600) })).body).toMatchObject({ code: 0 });
  });

  it('looks for the keyword in what is read, not in an address', async () => {
    await open({ keyword: '告警' });
    const link = { ...button, behaviors: [{ type: 'open_url', default_url: 'https://a.example/告警' }] };
    expect((await visitor.send(card2(link))).body).toMatchObject({ code: 19024, msg: 'Key Words Not Found' });
    expect((await visitor.send(card2(markdown('告警'), link))).body).toMatchObject({ code: 0 });
  });
});
