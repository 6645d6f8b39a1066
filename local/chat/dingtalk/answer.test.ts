import { enter, NOON, type Visitor } from '../visitor';
import { signatureOf } from './answer';

const URL = 'https://oapi.dingtalk.com/robot/send?access_token=0123';
const SECRET = 'SEC0123';
const text = (content: string) => ({ msgtype: 'text', text: { content } });
const markdown = (text: string, title = '告警') => ({ msgtype: 'markdown', markdown: { title, text } });

let visitor: Visitor;
afterEach(() => visitor.chats.close());

const open = async (room: { secret?: string; keyword?: string } = {}, limits: 'real' | 'off' = 'real') => {
  visitor = await enter({ platform: 'dingtalk', url: URL, ...room }, { limits });
  return visitor;
};

describe('DingTalk, as a robot without security', () => {
  beforeEach(() => open());

  it('says yes with HTTP 200 and errcode 0, and shows the message', async () => {
    expect(await visitor.send(text('EC2 实例已停止'))).toMatchObject({
      status: 200,
      body: { errcode: 0, errmsg: 'ok' },
    });
    expect(visitor.room.messages).toMatchObject([{ at: NOON, view: { lines: ['EC2 实例已停止'] } }]);
  });

  it.each([
    ['GET', {}, { method: 'GET' }, 43002],
    ['a form', 'a=b', { type: 'application/x-www-form-urlencoded' }, 43004],
    ['no token', {}, { url: 'https://oapi.dingtalk.com/robot/send' }, 40035],
    ['a token of nobody', {}, { url: 'https://oapi.dingtalk.com/robot/send?access_token=x' }, 300005],
    ['half a JSON', '{"msgtype":', {}, 40035],
    ['an unknown message type', { msgtype: 'image', image: {} }, {}, 400105],
    ["an inherited property's name as type", { msgtype: 'constructor' }, {}, 400105],
    ['a text without content', { msgtype: 'text', text: {} }, {}, 40035],
    ['a markdown without title', markdown('x', ''), {}, 40035],
    ['an actionCard without buttons', { msgtype: 'actionCard', actionCard: { title: 't', text: 'x' } }, {}, 40035],
    [
      'a button without address',
      { msgtype: 'actionCard', actionCard: { title: 't', text: 'x', btns: [{ title: 'b' }] } },
      {},
      40035,
    ],
  ])('refuses %s inside an HTTP 200', async (_, body, visit, errcode) => {
    expect(await visitor.send(body, visit)).toMatchObject({ status: 200, body: { errcode } });
    expect(visitor.room.messages).toEqual([]);
  });

  it.each([
    [{ singleTitle: '打开', singleURL: 'https://a.example' }],
    [{ btns: [{ title: '打开', actionURL: 'https://a.example' }] }],
  ])('shows an actionCard with %j', async (buttons) => {
    const answer = await visitor.send({ msgtype: 'actionCard', actionCard: { title: 't', text: 'x', ...buttons } });
    expect(answer.body).toEqual({ errcode: 0, errmsg: 'ok' });
  });

  it('measures the whole body in UTF-8 bytes, so that 6,700 Chinese characters are too many', async () => {
    const long = await visitor.send(text('告'.repeat(6700)));
    expect(long.body).toEqual({ errcode: 460101, errmsg: 'message too long, exceed 20000 bytes' });
    const spare = 20_000 - Buffer.byteLength(JSON.stringify(text('')));
    expect((await visitor.send(text('a'.repeat(spare)))).body).toMatchObject({ errcode: 0 });
    expect((await visitor.send(text('a'.repeat(spare + 1)))).body).toMatchObject({ errcode: 460101 });
  });

  it('lets twenty through in a minute, then is silent for ten', async () => {
    for (let sent = 0; sent < 20; sent += 1) expect((await visitor.send(text('x'))).body).toMatchObject({ errcode: 0 });
    const tooFast = { errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute' };
    expect((await visitor.send(text('x'))).body).toEqual(tooFast);
    visitor.clock.now += 599_000;
    expect((await visitor.send(text('x'))).body).toEqual(tooFast);
    visitor.clock.now += 1000;
    expect((await visitor.send(text('x'))).body).toMatchObject({ errcode: 0 });
    expect(visitor.room.rejections).toHaveLength(2);
  });

  it('answers ok to a msgUuid seen before and does not show it twice', async () => {
    const idempotencyKey = { ...text('x'), msgUuid: 'event-1' };
    await visitor.send(idempotencyKey);
    expect((await visitor.send(idempotencyKey)).body).toEqual({ errcode: 0, errmsg: 'ok' });
    expect([visitor.room.messages.length, visitor.room.duplicateCount]).toEqual([1, 1]);
  });
});

describe('DingTalk, as a robot with signature and keyword', () => {
  const signed = (at = NOON, secret = SECRET) => ({
    query: { timestamp: `${at}`, sign: signatureOf(`${at}`, secret) },
  });
  const errmsg = (words: string) => ({ errcode: 310000, errmsg: expect.stringContaining(words) });

  it('agrees with the published test vector', async () => {
    await open();
    expect(signatureOf('1577262236757', 'this is a secret')).toBe('DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA=');
  });

  it.each([
    ['no signature', {}, 'sign not match'],
    ['the wrong secret', signed(NOON, 'SECx'), 'sign not match'],
    ['a signature over seconds', signed(NOON / 1000), 'invalid timestamp'],
    ['a timestamp of more than an hour ago', signed(NOON - 3_600_001), 'invalid timestamp'],
    ['a timestamp of more than an hour ahead', signed(NOON + 3_600_001), 'invalid timestamp'],
    ['a timestamp that is no number', { query: { timestamp: 'noon', sign: 'x' } }, 'invalid timestamp'],
  ])('refuses %s', async (_, visit, words) => {
    await open({ secret: SECRET });
    expect((await visitor.send(text('x'), visit)).body).toEqual(errmsg(words));
  });

  it('takes a signature that is up to an hour off', async () => {
    await open({ secret: SECRET });
    expect((await visitor.send(text('x'), signed(NOON - 3_600_000))).body).toMatchObject({ errcode: 0 });
  });

  it('refuses a signature whose plus sign was not url-encoded', async () => {
    await open({ secret: SECRET });
    const plus = Array.from({ length: 99 }, (_, back) => `${NOON - back}`).find((at) =>
      signatureOf(at, SECRET).includes('+'),
    );
    const url = `${URL}&timestamp=${plus}&sign=${signatureOf(plus ?? '', SECRET)}`;
    expect((await visitor.send(text('x'), { url })).body).toEqual(errmsg('sign not match'));
  });

  it('looks for the keyword in the text, not in the title', async () => {
    await open({ keyword: '告警' });
    expect((await visitor.send(markdown('一切正常', '告警'))).body).toEqual(errmsg('keywords not in content'));
    expect((await visitor.send(markdown('告警：CPU', '标题'))).body).toMatchObject({ errcode: 0 });
  });

  it('holds nobody back where limits are off', async () => {
    await open({}, 'off');
    for (let sent = 0; sent < 25; sent += 1) await visitor.send(text('x'));
    expect(visitor.room.messages).toHaveLength(25);
  });
});
