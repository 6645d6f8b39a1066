import { enter, type Visitor } from '../visitor';

const URL = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123';
const say = (msgtype: string, content: string) => ({ msgtype, [msgtype]: { content } });

let visitor: Visitor;
beforeEach(async () => {
  visitor = await enter({ platform: 'wecom', url: URL });
});
afterEach(() => visitor.chats.close());

describe('WeCom', () => {
  it.each(['text', 'markdown', 'markdown_v2'])('shows a %s with errcode 0', async (msgtype) => {
    expect(await visitor.send(say(msgtype, '你好'))).toMatchObject({ status: 200, body: { errcode: 0, errmsg: 'ok' } });
    expect(visitor.room.messages).toHaveLength(1);
  });

  it.each([
    ['GET', {}, { method: 'GET' }, 43002],
    ['a key of nobody', say('text', 'x'), { url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x' }, 93000],
    ['no key', say('text', 'x'), { url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send' }, 93000],
    ['half a JSON', '{', {}, 47001],
    ['an unknown type', say('actionCard', 'x'), {}, 40008],
    ['an empty text', say('text', ''), {}, 44004],
    ['an image without image', { msgtype: 'image' }, {}, 44004],
  ])('refuses %s inside an HTTP 200', async (_, body, visit, errcode) => {
    expect(await visitor.send(body, visit)).toMatchObject({ status: 200, body: { errcode } });
    expect(visitor.room.messages).toEqual([]);
  });

  it.each([
    ['text', 2048],
    ['markdown', 4096],
    ['markdown_v2', 4096],
  ])('takes a %s of %i UTF-8 bytes and not one more', async (msgtype, most) => {
    const chinese = '告'.repeat(Math.floor(most / 3));
    const full = chinese + 'a'.repeat(most - Buffer.byteLength(chinese));
    expect((await visitor.send(say(msgtype, full))).body).toMatchObject({ errcode: 0 });
    expect((await visitor.send(say(msgtype, `${full}a`))).body).toEqual({
      errcode: 40058,
      errmsg: expect.stringContaining(`${msgtype}.content exceed max length ${most}`),
    });
  });

  it('lets twenty through in a rolling minute, failed ones included', async () => {
    await visitor.send('{');
    for (let sent = 1; sent < 20; sent += 1) await visitor.send(say('text', 'x'));
    const answer = await visitor.send(say('text', 'x'));
    expect(answer.body).toEqual({ errcode: 45009, errmsg: expect.stringContaining('api freq out of limit') });
    visitor.clock.now += 60_000;
    expect((await visitor.send(say('text', 'x'))).body).toMatchObject({ errcode: 0 });
  });
});
