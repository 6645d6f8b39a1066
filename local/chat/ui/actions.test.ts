import { once } from 'node:events';
import { request } from 'node:http';
import { card, openPage, type PageClient, replying } from './page.fixture';

let page: PageClient;
beforeEach(async () => {
  page = await openPage();
});
afterEach(() => page.close());

const FORM = '工单:\n开工单\nsubject: 旧\nbody: (发生了什么)\nseverity: low | high';
const message = () => ({ by: page.user, conversation: page.group.id, text: '关闭 42' });

describe('the actions of the page', () => {
  it('send what a person types, presses, fills in and shares, and show the replies', async () => {
    page.bot.answer = replying(card('工单 42', '关闭 42'));
    expect(await page.act('say', { text: '帮助' })).toMatchObject({ status: 200, body: { kind: 'answered' } });
    const html = await page.get('/');
    expect(html).toMatch(/<article class="person".*王芳.*@Casebell 帮助.*<article class="bot.*工单 42/s);
    const other = page.workspace.users[1]?.id;
    await page.act('press', { by: other, label: '关闭 42' });
    page.bot.answer = replying({ msgtype: 'text', text: { content: FORM } });
    await page.act('say', { text: '开工单' });
    await page.act('submit', { values: { body: '实例 i-0abc\n启动不了' } });
    await page.act('share', { name: '截图.png', kind: 'image', base64: Buffer.from('PNG').toString('base64') });
    const form = '开工单\nsubject: 旧\nbody: 实例 i-0abc\n启动不了';
    expect(page.received).toEqual(['帮助', '关闭 42', '开工单', form, 'richText']);
    expect(page.group.posts.slice(0, 4).map(({ by }) => by)).toEqual([page.user, 'bot', other, 'bot']);
  });

  it('report a message that the platform does not forward', async () => {
    const { body } = await page.act('say', { text: '吃了吗', mention: false });
    expect(body).toMatchObject({ kind: 'not_called', text: { zh: expect.stringContaining('收不到') } });
    expect(page.received).toEqual([]);
    expect(await page.get('/')).not.toContain('class="refused"');
  });

  it('show in the conversation that the bot answered with an error', async () => {
    page.bot.answer = (response) => void response.writeHead(502).end();
    const { body } = await page.act('say', { text: '帮助' });
    expect(body).toMatchObject({ kind: 'failed', text: { en: 'The bot answered 502' } });
    expect(await page.get('/')).toMatch(/class="refused".*未送达.*Failed.*机器人应答了 502/s);
  });

  it.each([
    ['an unknown user', 'say', { by: 'absent', text: 'x' }, 'There is no user absent.'],
    ['an unknown conversation', 'say', { conversation: 'none', text: 'x' }, 'There is no conversation none.'],
    ['an empty text', 'say', { text: '  ' }, 'text is missing'],
    ['an unknown button', 'press', { label: '关闭' }, 'There is no button 关闭'],
    ['an unknown form', 'submit', { values: {} }, 'There is no form'],
    ['values that are no texts', 'submit', { values: { a: 1 } }, 'a must be a text.'],
    ['values in a list', 'submit', { values: [] }, 'values must be an object'],
    ['an empty file', 'share', { name: 'a.txt', base64: '' }, 'base64 is missing'],
  ])('reject %s', async (_, action, input, error) => {
    expect(await page.act(action, input)).toEqual({ status: 400, body: { error: expect.stringContaining(error) } });
    expect(page.received).toEqual([]);
  });

  it.each(['/conversations/teams/say', '/conversations/dingtalk/close', '/conversations/dingtalk/constructor'])(
    'do not exist at %s',
    async (path) => {
      expect((await page.post(path, message())).status).toBe(404);
    },
  );

  it('reject a body that is no JSON object', async () => {
    for (const body of ['{"by":', '[]'])
      expect((await page.post('/conversations/dingtalk/say', body)).status).toBe(400);
  });
});

describe('the request guard', () => {
  it.each([
    ['another site', 403, { origin: 'https://evil.example' }],
    ['another port', 403, { origin: 'http://127.0.0.1:1' }],
    ['a sandboxed frame', 403, { origin: 'null' }],
    ['a foreign name of this machine', 403, { host: 'evil.example', origin: 'http://evil.example' }],
    ['a host without the port', 403, { host: '127.0.0.1' }],
    ['a form of another site', 415, { 'content-type': 'text/plain' }],
    ['a request without a type', 415, { 'content-type': undefined }],
    ['a too large request', 413, { 'content-length': `${8 * 2 ** 20 + 1}` }],
    ['a request of unknown length', 411, { 'content-length': undefined, 'transfer-encoding': 'chunked' }],
  ])('refuses %s', async (_, status, headers) => {
    const response = await page.post('/conversations/dingtalk/say', message(), headers);
    expect(response).toMatchObject({ status, body: { error: expect.stringMatching(/\.$/) } });
    expect([page.received, page.group.posts]).toEqual([[], []]);
  });

  it('allows the page by both names of this machine, and gives no CORS permission', async () => {
    const own = new URL(page.chats.url).host;
    for (const host of [own, own.replace('127.0.0.1', 'localhost')]) {
      const headers = { host, origin: `http://${host}` };
      expect((await page.post('/conversations/dingtalk/say', message(), headers)).status).toBe(200);
    }
    const asked = await fetch(`${page.chats.url}/conversations/dingtalk/say`, { method: 'OPTIONS' });
    expect([asked.ok, asked.headers.get('access-control-allow-origin')]).toEqual([false, null]);
    const read = request(`${page.chats.url}/conversations`, { headers: { host: 'evil.example' } }).end();
    const [response] = await once(read, 'response');
    expect(response.resume().statusCode).toBe(403);
  });
});

describe('the data of workspaces', () => {
  it('contain posts and controls, but neither payloads nor secrets', async () => {
    page.bot.answer = replying(card('你好', '关闭'));
    await page.act('say', { text: '帮助' });
    const text = await page.get('/conversations');
    const [dingtalk] = JSON.parse(text);
    expect(dingtalk.users[0]).toEqual({ id: page.user, name: '王芳' });
    expect(dingtalk.conversations[0].posts).toMatchObject([
      { by: page.user, view: { lines: ['@Casebell 帮助'] } },
      { by: 'bot', view: { title: '你好' }, controls: [{ kind: 'button', label: '关闭' }] },
    ]);
    expect(dingtalk.conversations[0].posts[1]).not.toHaveProperty('payload');
    for (const secret of Object.values(page.workspace.secrets)) expect(text).not.toContain(secret);
  });

  it('reach open pages at once, with messages and failures', async () => {
    const reader = (await fetch(`${page.chats.url}/live`)).body?.pipeThrough(new TextDecoderStream()).getReader();
    let events = '';
    const until = async (pattern: RegExp) => {
      while (!pattern.test(events)) events += (await reader?.read())?.value ?? '';
    };
    page.bot.answer = replying(card('你好'));
    await page.act('say', { text: '帮助' });
    await until(/王芳：@Casebell 帮助[^\n]*<details>/);
    await until(/帮助[^\n]*你好/);
    page.bot.answer = (response) => void response.writeHead(500).end();
    await page.act('say', { text: '帮助' });
    await until(/机器人应答了 500/);
    await reader?.cancel();
  });
});
