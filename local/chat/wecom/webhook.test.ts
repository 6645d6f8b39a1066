import { openWebhook, type WebhookClient } from '../webhook.fixture';
import { view } from './webhook-view';

const URL = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send';
const message = (msgtype: string, content: string) => ({ msgtype, [msgtype]: { content } });

describe('the webhook of WeCom', () => {
  let client: WebhookClient;
  beforeEach(async () => {
    client = await openWebhook({ platform: 'wecom', url: `${URL}?key=0123` });
  });
  afterEach(() => client.chats.close());

  it.each([
    ['GET', {}, { method: 'GET' }, 43002],
    ['an unknown key', message('text', 'x'), { url: `${URL}?key=x` }, 93000],
    ['no key', message('text', 'x'), { url: URL }, 93000],
    ['invalid JSON', '{', {}, 47001],
    ['an unknown type', message('actionCard', 'x'), {}, 40008],
    ['an empty text', message('text', ''), {}, 44004],
    ['an image without image', { msgtype: 'image' }, {}, 44004],
  ])('rejects %s with HTTP 200', async (_, body, options, errcode) => {
    expect(await client.send(body, options)).toMatchObject({ status: 200, body: { errcode } });
    expect(client.room.messages).toEqual([]);
  });

  it.each([
    ['text', 2048],
    ['markdown', 4096],
    ['markdown_v2', 4096],
  ])('accepts a %s of %i UTF-8 bytes and no more', async (msgtype, maxBytes) => {
    const chinese = '告'.repeat(Math.floor(maxBytes / 3));
    const full = chinese + 'a'.repeat(maxBytes - Buffer.byteLength(chinese));
    expect((await client.send(message(msgtype, full))).body).toEqual({ errcode: 0, errmsg: 'ok' });
    const errmsg = expect.stringContaining(`${msgtype}.content exceed max length ${maxBytes}`);
    expect((await client.send(message(msgtype, `${full}a`))).body).toEqual({ errcode: 40058, errmsg });
    expect(client.room.messages).toHaveLength(1);
  });

  it('accepts twenty requests in a rolling minute, rejected ones included', async () => {
    await client.send('{');
    for (let sent = 1; sent < 20; sent += 1) await client.send(message('text', 'x'));
    const errmsg = expect.stringContaining('api freq out of limit');
    expect((await client.send(message('text', 'x'))).body).toEqual({ errcode: 45009, errmsg });
    client.clock.now += 60_000;
    expect((await client.send(message('text', 'x'))).body).toMatchObject({ errcode: 0 });
  });
});

describe('the view of a WeCom message', () => {
  const markdown = (content: string) => view(message('markdown', content));

  it.each([
    ['# <font color="warning">告警</font>\na', 'orange'],
    ['# <font color="info">告警</font>\na', 'green'],
    ['# <font color="comment">告警</font>\na', 'grey'],
    ['**🔴 告警**\na', '🔴'],
  ])('has a title and a mark: %s', (content, mark) => {
    expect(markdown(content)).toMatchObject({ title: '告警', mark, lines: ['a'] });
  });

  it('reads quotations, bold, links and code of markdown, and lists of markdown_v2 only', () => {
    const text = 'a\n>账户: **1**\n[开](https://a.example) `b`\n- c \\* _d_ &lt;';
    const lines = ['a', '│ 账户: 1', '开 <https://a.example> b', '- c \\* _d_ &lt;'];
    expect(markdown(text).lines).toEqual(lines);
    expect(view(message('markdown_v2', '- *a*\nb')).lines).toEqual(['• a', 'b']);
  });

  it('has mentions by <@userid> in markdown only, and by the lists of a text', () => {
    expect(markdown('x\n<@zhangsan> @all').mentions).toEqual(['@zhangsan']);
    expect(view(message('markdown_v2', '<@zhangsan>')).mentions).toEqual([]);
    const text = { content: '<@x> @all', mentioned_list: ['li', '@all'], mentioned_mobile_list: ['13800000000'] };
    expect(view({ msgtype: 'text', text }).mentions).toEqual(['@li', '@all', '@13800000000']);
  });
});
