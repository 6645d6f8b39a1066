import { Script } from 'node:vm';
import { NOON } from '../visitor';
import type { Control, Conversation, Post, Workspace } from '../workspace';
import { createWorkspaces } from '../workspaces';
import { drawWorkspace } from './draw-workspace';
import { TALKS_SCRIPT } from './talks-script';

const HOSTILE = `</p><script>alert("1")</script><img src=x onerror='alert(2)'>&amp;</textarea></option>`;
/** Every tag and attribute that the page itself writes for a workspace. */
const OURS =
  /^<\/?(section|div|nav|article|details|summary|form|fieldset|label|input|textarea|select|option|button|output|h2|h3|p|a|b|i|br|small|span|blockquote|time)( (class|lang|rel|target|title|type|rows|placeholder|value|aria-label|data-[\w-]+)="[^"<>]*"| href="https?:\/\/[^"<>]*"| (hidden|open|disabled|checked|required|selected))*>$/;

const seen = (...lines: string[]) => ({ title: '', mark: '', lines, mentions: [] });
const post = (id: string, words: string, controls: Control[] = [], minutes = 0): Post => ({
  at: NOON + minutes * 60_000,
  id,
  by: 'bot',
  view: seen(words),
  controls,
});
const talk = (name: string, posts: Post[], more: Partial<Conversation> = {}): Conversation => ({
  id: name,
  kind: 'group',
  name,
  members: ['li'],
  tabs: [],
  posts,
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

const [dingtalk] = createWorkspaces({ now: () => NOON, onChange: () => undefined });
function draw(conversations: Conversation[], name = '李雷', platform: Workspace['platform'] = 'dingtalk'): string {
  if (!dingtalk) throw new Error('There is no workspace.');
  const users = [
    { id: 'li', name, email: 'li@example.cn', mobile: '1' },
    { id: 'bob', name: 'Bob', email: 'bob@example.org', mobile: '2', external: true },
  ];
  const workspace: Workspace = { ...dingtalk, platform, users, conversations };
  return drawWorkspace(workspace, () => [{ id: 'miss 0', at: NOON, words: { zh: name, en: name } }]);
}

it('shows the talks with the newest activity first, and folds those away in which nothing was said', () => {
  const html = draw([talk('安静', []), talk('早些', [post('1', 'a')]), talk('刚才', [post('2', 'b', [], 1)])]);
  const [list = ''] = html.match(/<nav.*<\/nav>/s) ?? [];
  expect([...list.matchAll(/data-talk="(.*?)"/g)].map(([, id]) => id)).toEqual(['刚才', '早些', '安静']);
  expect(list).toMatch(/<details><summary>.*1 个.*1 without messages.*安静/s);
  expect(html.match(/<div class="pane" data-talk="[^"]*" data-kind="group">/g)).toEqual([
    expect.stringContaining('刚才'),
  ]);
});

it('shows who is in a talk, who of them is of elsewhere, and what is pinned', () => {
  const tabs = [
    { label: '工单 42', url: 'https://console.example/?a=1&b=2' },
    { label: '坏', url: 'javascript:alert(1)' },
  ];
  const html = draw([talk('工单群', [], { members: ['li', 'bob'], tabs })]);
  expect(html).toMatch(/<span>李雷<\/span><span>Bob <i>外部 <span lang="en">external/);
  expect(html).toMatch(/<a href="https:\/\/console\.example\/\?a=1&amp;b=2"[^>]*>📌 工单 42<\/a>/);
  expect(html).toContain('<span>📌 坏</span>');
});

it('names the talk that a thread is in', () => {
  const html = draw([talk('ops', []), talk('话题', [], { kind: 'thread', parent: 'ops' })]);
  expect(html).toMatch(/话题 <span lang="en">Thread<\/span> · ops/);
});

it('lets a thread begin at every post where the platform leads cases in threads, but not inside of one', () => {
  const talks = [talk('ops', [post('1', '工单 42')]), talk('话题', [post('1', '工单 42')], { kind: 'thread' })];
  expect(draw(talks, '李雷', 'slack').match(/data-thread-of="1" title="工单 42"/g)).toHaveLength(1);
  expect(draw(talks, '李雷', 'feishu')).not.toContain('data-thread-of');
});

it('lets a person be only who is in the talk, and call the bot where there are others', () => {
  const [group = '', direct = ''] = draw([talk('群', []), talk('单', [], { kind: 'direct' })]).split(
    'data-kind="direct"',
  );
  expect(group).toContain('<option value="li">李雷</option></select>');
  expect(group).not.toContain('<option value="bob">');
  expect(group).toContain('<input type="checkbox" checked>');
  expect(direct).not.toContain('checkbox');
});

it('shows a form as it is to begin with: several lines, and a choice that nobody has made', () => {
  const html = draw([talk('群', [post('1', 'x', [form('\n第一行\n第二行')])])]);
  expect(html).toContain('<textarea data-field="body" rows="1" placeholder="">\n\n第一行\n第二行</textarea>');
  expect(html).toContain('<option value="" selected>—</option><option value="high">高</option>');
});

it('lets only that button and that form be used which would be: the latest of the name', () => {
  const close = { kind: 'button', label: '关闭' } as const;
  const [older = '', newer = ''] = draw([
    talk('群', [post('1', 'x', [close, form('')]), post('2', 'y', [{ ...close }, form('')], 1)]),
  ]).split('data-post="2"');
  expect(older.match(/<(button|fieldset)[^>]* disabled/g)).toHaveLength(2);
  expect(newer.match(/<(button|fieldset)[^>]* disabled/g)).toBeNull();
});

it('never lets a name, a post, a pinned link or a control become markup', () => {
  const controls: Control[] = [
    { kind: 'button', label: HOSTILE },
    {
      kind: 'form',
      submit: HOSTILE,
      fields: [
        { name: HOSTILE, label: HOSTILE, value: HOSTILE },
        { name: HOSTILE, label: HOSTILE, value: HOSTILE, options: [{ label: HOSTILE, value: HOSTILE }] },
      ],
    },
  ];
  const tabs = [{ label: HOSTILE, url: `https://a.example/"onmouseover="alert(1)${HOSTILE}` }];
  const hostile = talk(HOSTILE, [{ ...post(HOSTILE, HOSTILE, controls), by: HOSTILE }], {
    tabs,
    members: ['li', HOSTILE],
  });
  const tags = draw([hostile], HOSTILE, 'slack').match(/<[^>]*>/g) ?? [];
  expect(tags.length).toBeGreaterThan(60);
  for (const tag of tags) expect(tag).toMatch(OURS);
});

it('brings a script that a browser can read', () => {
  expect(() => new Script(TALKS_SCRIPT)).not.toThrow();
});
