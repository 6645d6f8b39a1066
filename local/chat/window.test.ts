import { createHash } from 'node:crypto';
import { ROOMS } from './rooms';
import { enter, type Visitor } from './visitor';

const HOSTILE = `</p><script>alert("1")</script><img src=x onerror='alert(2)'>&amp;`;
/** Every tag and attribute that the page itself writes for the rooms. */
const OURS =
  /^<\/?(main|section|div|article|h2|h3|p|a|b|br|hr|span|blockquote|time)( (class|lang|rel|target)="[\w -]*"| href="https?:\/\/[^"<>]*")*>$/;
const say = (content: string) => ({ msgtype: 'text', text: { content } });
const wecom = { platform: 'wecom', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=verysecret' } as const;

let visitor: Visitor;
beforeEach(async () => {
  visitor = await enter(wecom, { rooms: [wecom, ...ROOMS.slice(0, 2)] });
});
afterEach(() => visitor.chats.close());

const get = async (path: string) => (await fetch(visitor.chats.url + path)).text();

describe('the page', () => {
  it('shows every room under its name in both languages', async () => {
    const page = await get('/');
    for (const name of [
      '企业微信',
      'WeCom',
      '钉钉',
      'DingTalk',
      '飞书',
      'Feishu / Lark',
      '群聊',
      'Chats',
      '工单机器人',
      'Case bot',
      '还没有消息',
    ])
      expect(page).toContain(name);
  });

  it('shows a message as the card it is, with facts and links', async () => {
    const content =
      '# <font color="warning">告警</font>\n账户: 1111\n[控制台](https://a.example/?a=1&b=2)\n> 维护\n<@li>';
    await visitor.send({ msgtype: 'markdown', markdown: { content } });
    const page = await get('/');
    expect(page).toMatch(/<article class="warning"><h3>\s*告警<\/h3>/);
    expect(page).toContain('<span>账户</span> 1111');
    expect(page).toMatch(/<a href="https:\/\/a\.example\/\?a=1&amp;b=2"[^>]*>控制台<\/a>/);
    expect(page).toContain('<blockquote>维护</blockquote>');
    expect(page).toContain('<b class="call">@li</b>');
  });

  it('shows a refusal with its reason', async () => {
    await visitor.send({ msgtype: 'x' });
    expect(await get('/')).toMatch(/拒收.*Refused.*invalid message type/);
  });

  it.each([
    ['a text', say(HOSTILE)],
    ['a title', { msgtype: 'markdown', markdown: { content: `# ${HOSTILE}\na` } }],
    ['a fact', say(`账户: ${HOSTILE}`)],
    ['a quotation', { msgtype: 'markdown', markdown: { content: `> ${HOSTILE}` } }],
    ['a link', say(`x <https://a.example/"onmouseover="alert(1)> ${HOSTILE}`)],
    ['a script for a link', say('x <javascript:alert(1)>')],
    ['a mention', { msgtype: 'text', text: { content: 'a', mentioned_list: [HOSTILE] } }],
  ])('never lets %s become markup', async (_, body) => {
    await visitor.send(body);
    expect(visitor.room.messages).toHaveLength(1);
    const tags = (await get('/')).match(/(?<=<div id="rooms">).*(?=<div id="bot">)/s)?.[0].match(/<[^>]*>/g);
    expect(tags?.length).toBeGreaterThan(20);
    for (const tag of tags ?? []) expect(tag).toMatch(OURS);
  });

  it('may run its own script only, and holds no address but its own', async () => {
    const response = await fetch(visitor.chats.url);
    const page = await response.text();
    const [, script = ''] = page.match(/<script>(.*)<\/script>/s) ?? [];
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(policy).toMatch(/default-src 'none'.*form-action 'none'/);
    expect(page).not.toMatch(/https?:\/\//);
  });

  it('never holds a token or a secret, and neither do its data', async () => {
    await visitor.send(say('x'));
    const secrets = ['verysecret', 'SEC0123', '0123456789abcdef', '01234567-89ab'];
    for (const text of [await get('/'), await get('/rooms')])
      for (const secret of secrets) expect(text).not.toContain(secret);
  });
});

describe('the data', () => {
  it('are the rooms, with what was shown and what was refused', async () => {
    await visitor.send(say('你好'));
    await visitor.send({ msgtype: 'x' });
    const [room] = JSON.parse(await get('/rooms'));
    expect(room).toMatchObject({
      platform: 'wecom',
      name: { zh: '企业微信', en: 'WeCom' },
      messages: [{ at: visitor.clock.now, view: { lines: ['你好'] } }],
      rejections: [{ status: 200, body: { errcode: 40008 } }],
    });
    expect(room.messages[0]).not.toHaveProperty('payload');
  });
});

describe('the live feed', () => {
  it('begins with every room as it is, and tells of each message', async () => {
    await visitor.send(say('早'));
    const response = await fetch(`${visitor.chats.url}/live`);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const hear = async (words: string) => {
      while (!heard.includes(words)) heard += (await reader?.read())?.value ?? '';
    };
    await hear('"room":2');
    expect(heard).toContain('早');
    await visitor.send(say('晚'));
    await hear('晚');
    expect(heard.match(/^data: {"room":/gm)).toHaveLength(4);
    await reader?.cancel();
  });
});
