import { createHash } from 'node:crypto';
import { Script } from 'node:vm';
import { createWorkspaces } from '../platforms';
import { ROOMS } from '../rooms';
import { NOON, openWebhook, type WebhookClient } from '../webhook.fixture';
import type { Control, Conversation, Post, Workspace } from '../workspace';
import { drawWorkspace } from './draw-workspace';
import { stripControls } from './strip-controls';

const HOSTILE = `</p><script>alert("1")</script><img src=x onerror='alert(2)'>&amp;</textarea></option>`;
/** Every tag and attribute of the page. */
const TAG =
  /^<\/?(main|section|div|nav|article|details|summary|form|fieldset|label|input|textarea|select|option|button|output|h2|h3|p|a|b|i|br|hr|small|span|blockquote|time)( style="--brand:#\w{6}"| (class|lang|rel|target|title|type|rows|placeholder|value|aria-label|data-[\w-]+)="[^"<>]*"| href="https?:\/\/[^"<>]*"| (hidden|open|disabled|checked|required|selected))*>$/;
const text = (content: string) => ({ msgtype: 'text', text: { content } });
const markdown = (content: string) => ({ msgtype: 'markdown', markdown: { content } });

describe('the page with rooms', () => {
  const wecom = { platform: 'wecom', url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=verysecret' } as const;
  let client: WebhookClient;
  beforeEach(async () => {
    client = await openWebhook(wecom, { rooms: [wecom, ...ROOMS.slice(0, 2)] });
  });
  afterEach(() => client.chats.close());
  const get = async (path: string) => (await fetch(client.chats.url + path)).text();

  it('shows rooms, messages and rejections in both languages', async () => {
    const page = await get('/');
    for (const name of ['企业微信', 'WeCom', '飞书', 'Feishu / Lark', '群聊', 'Chats', '工单机器人', '还没有消息'])
      expect(page).toContain(name);
    const content =
      '# <font color="warning">告警</font>\n账户: 1111\n[控制台](https://a.example/?a=1&b=2)\n> 维护\n<@li>';
    await client.send(markdown(content));
    await client.send({ msgtype: 'x' });
    const filled = await get('/');
    expect(filled).toMatch(/<article class="warning"><h3>\s*告警<\/h3>/);
    expect(filled).toContain('<span>账户</span> 1111');
    expect(filled).toMatch(/<a href="https:\/\/a\.example\/\?a=1&amp;b=2"[^>]*>控制台<\/a>/);
    expect(filled).toContain('<blockquote>维护</blockquote>');
    expect(filled).toContain('<b class="called">@li</b>');
    expect(filled).toMatch(/拒收.*Rejected.*invalid message type/);
  });

  it.each([
    ['a text', text(HOSTILE)],
    ['a title', markdown(`# ${HOSTILE}\na`)],
    ['a fact', text(`账户: ${HOSTILE}`)],
    ['a quotation', markdown(`> ${HOSTILE}`)],
    ['a link', text(`x <https://a.example/"onmouseover="alert(1)> ${HOSTILE}`)],
    ['a script link', text('x <javascript:alert(1)>')],
    ['a mention', { msgtype: 'text', text: { content: 'a', mentioned_list: [HOSTILE] } }],
  ])('escapes %s', async (_, body) => {
    await client.send(body);
    expect(client.room.messages).toHaveLength(1);
    const tags = (await get('/')).match(/(?<=<div id="rooms">).*(?=<div id="bot">)/s)?.[0].match(/<[^>]*>/g);
    expect(tags?.length).toBeGreaterThan(20);
    for (const tag of tags ?? []) expect(tag).toMatch(TAG);
  });

  it('runs its own script only, and contains no secret and no other address', async () => {
    await client.send(text('你好'));
    const response = await fetch(client.chats.url);
    const page = await response.text();
    const [, script = ''] = page.match(/<script>(.*)<\/script>/s) ?? [];
    expect(() => new Script(script)).not.toThrow();
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain(`script-src 'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    expect(policy).toMatch(/default-src 'none'.*form-action 'none'/);
    expect(page).not.toMatch(/https?:\/\//);
    await client.send({ msgtype: 'x' });
    const data = await get('/rooms');
    for (const secret of ['verysecret', 'SEC0123', '0123456789abcdef', '01234567-89ab'])
      for (const content of [page, data]) expect(content).not.toContain(secret);
    const [room] = JSON.parse(data);
    expect(room).toMatchObject({
      platform: 'wecom',
      name: { zh: '企业微信', en: 'WeCom' },
      messages: [{ at: NOON, view: { lines: ['你好'] } }],
      rejections: [{ status: 200, body: { errcode: 40008 } }],
    });
    expect(room.messages[0]).not.toHaveProperty('payload');
  });

  it('sends every room and every change to open pages', async () => {
    await client.send(text('早'));
    const reader = (await fetch(`${client.chats.url}/live`)).body?.pipeThrough(new TextDecoderStream()).getReader();
    let events = '';
    const until = async (part: string) => {
      while (!events.includes(part)) events += (await reader?.read())?.value ?? '';
    };
    await until('"room":2');
    expect(events).toContain('早');
    await client.send(text('晚'));
    await until('晚');
    expect(events.match(/^data: {"room":/gm)).toHaveLength(4);
    await reader?.cancel();
  });
});

describe('drawWorkspace()', () => {
  const [dingtalk] = createWorkspaces({ now: () => NOON, onChange: () => undefined });
  const post = (id: string, line: string, controls: Control[] = [], minutes = 0): Post => ({
    ...{ at: NOON + minutes * 60_000, id, by: 'bot', controls },
    view: { title: '', mark: '', lines: [line], mentions: [] },
  });
  const conversation = (name: string, posts: Post[], more: Partial<Conversation> = {}): Conversation => ({
    ...{ id: name, kind: 'group', name, members: ['li'], tabs: [], posts },
    ...more,
  });
  const form = (value: string): Control => ({
    kind: 'form',
    submit: '提交',
    fields: [
      { name: 'body', label: '描述', value },
      { name: 'severity', label: '级别', value: '', options: [{ label: '高', value: 'high' }] },
    ],
  });
  function draw(conversations: Conversation[], name = '李雷', platform = 'dingtalk'): string {
    const users = [
      { id: 'li', name, email: 'li@example.cn', mobile: '1' },
      { id: 'bob', name: 'Bob', email: 'bob@example.org', mobile: '2', external: true },
    ];
    const workspace = { ...(dingtalk as Workspace), platform, users, conversations };
    return drawWorkspace(workspace, () => [{ id: 'failure 0', at: NOON, text: { zh: name, en: name } }]);
  }

  it('lists conversations by activity, and folds those without messages', () => {
    const all = [
      conversation('安静', []),
      conversation('早些', [post('1', 'a')]),
      conversation('刚才', [post('2', 'b', [], 1)]),
    ];
    const html = draw(all);
    const [list = ''] = html.match(/<nav.*<\/nav>/s) ?? [];
    expect([...list.matchAll(/data-conversation="(.*?)"/g)].map(([, id]) => id)).toEqual(['刚才', '早些', '安静']);
    expect(list).toMatch(/<details><summary>.*1 个.*1 without messages.*安静/s);
    const [open] = html.match(/<div class="pane" data-conversation="[^"]*" data-kind="group">/g) ?? [];
    expect(open).toContain('刚才');
  });

  it('shows members, external members, pinned links, and the channel of a thread', () => {
    const tabs = [
      { label: '工单 42', url: 'https://console.example/?a=1&b=2' },
      { label: '坏', url: 'javascript:alert(1)' },
    ];
    const html = draw([conversation('ops', [], { members: ['li', 'bob'], tabs })]);
    expect(html).toMatch(/<span>李雷<\/span><span>Bob <i>外部 <span lang="en">external/);
    expect(html).toMatch(/<a href="https:\/\/console\.example\/\?a=1&amp;b=2"[^>]*>📌 工单 42<\/a>/);
    expect(html).toContain('<span>📌 坏</span>');
    const thread = conversation('话题', [], { kind: 'thread', parent: 'ops' });
    expect(draw([conversation('ops', []), thread])).toMatch(/话题 <span lang="en">Thread<\/span> · ops/);
  });

  it('offers threads on platforms with threads, mentions in groups, and members as authors', () => {
    const posts = [post('1', '工单 42')];
    const threads = [conversation('ops', posts), conversation('话题', posts, { kind: 'thread' })];
    expect(draw(threads, '李雷', 'slack').match(/data-thread-of="1" title="工单 42"/g)).toHaveLength(1);
    expect(draw(threads, '李雷', 'feishu')).not.toContain('data-thread-of');
    const html = draw([conversation('群', []), conversation('单', [], { kind: 'direct' })]);
    const [group = '', direct = ''] = html.split('data-kind="direct"');
    expect(group).toContain('<option value="li">李雷</option></select>');
    expect(group).not.toContain('<option value="bob">');
    expect([group.includes('checkbox'), direct.includes('checkbox')]).toEqual([true, false]);
  });

  it('shows the initial values of a form, and enables only the latest control of a name', () => {
    const close = { kind: 'button', label: '关闭' } as const;
    const older = post('1', 'x', [close, form('\n第一行')]);
    const [before = '', after = ''] = draw([
      conversation('群', [older, post('2', 'y', [{ ...close }, form('')], 1)]),
    ]).split('data-post="2"');
    expect(before).toContain('placeholder="">\n\n第一行</textarea>');
    expect(before).toContain('<option value="" selected>—</option><option value="high">高</option>');
    expect(before.match(/<(button|fieldset)[^>]* disabled/g)).toHaveLength(2);
    expect(after.match(/<(button|fieldset)[^>]* disabled/g)).toBeNull();
  });

  it('escapes names, posts, links and controls', () => {
    const field = { name: HOSTILE, label: HOSTILE, value: HOSTILE };
    const select = { ...field, options: [{ label: HOSTILE, value: HOSTILE }] };
    const controls: Control[] = [
      { kind: 'button', label: HOSTILE },
      { kind: 'form', submit: HOSTILE, fields: [field, select] },
    ];
    const tabs = [{ label: HOSTILE, url: `https://a.example/"onmouseover="alert(1)${HOSTILE}` }];
    const posts = [{ ...post(HOSTILE, HOSTILE, controls), by: HOSTILE }];
    const hostile = conversation(HOSTILE, posts, { tabs, members: ['li', HOSTILE] });
    const tags = draw([hostile], HOSTILE, 'slack').match(/<[^>]*>/g) ?? [];
    expect(tags.length).toBeGreaterThan(60);
    for (const tag of tags) expect(tag).toMatch(TAG);
  });
});

describe('stripControls()', () => {
  const controls: Control[] = [
    { kind: 'button', label: '关闭' },
    {
      kind: 'form',
      submit: '提交',
      fields: [
        { name: 'body', label: '描述 *', value: '' },
        { name: 'severity', label: '级别', value: '', options: [{ label: '高', value: 'high' }] },
      ],
    },
  ];
  it.each([
    ['Slack', ['描述 *: [现象\n影响]', '级别: []', '提交', '关闭'], ['现象\n影响', '']],
    ['Feishu', ['描述 *', '[ 现象和影响 ]', '级别', '[ 请选择 ▾ ]', '[提交]', '[关闭]'], ['现象和影响', '请选择']],
    ['a button after the same words', ['关闭', '说明', '关闭'], []],
    ['DingTalk', ['关闭: 关闭 42', '提交:', '开工单', '描述 *: (现象)', '级别: 低 | 高', '级别'], []],
  ])('removes the lines of controls: %s', (name, lines, placeholders) => {
    const view = { title: '', mark: '', lines: ['工单 42', ...lines], mentions: [] };
    const stripped = stripControls({ view, controls });
    const kept: Record<string, string[]> = { DingTalk: lines, 'a button after the same words': ['关闭', '说明'] };
    expect(stripped.lines).toEqual(['工单 42', ...(kept[name] ?? [])]);
    expect([...stripped.placeholders.values()]).toEqual(placeholders);
  });
});
