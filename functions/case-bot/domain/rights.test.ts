import { createTestContext, type TestContext } from '../test-context.fixture';
import type { AuditEntry } from './case-store';

const USERS = [
  { id: 'u2', name: '韩梅梅', email: 'han@example.com' },
  { id: 'u3', name: '王芳', mobile: '13800000003' },
];
const boss = { sender: { id: 'boss' } };
const han = { sender: { id: 'u2', name: '韩梅梅' } };

let t: TestContext;
const start = (admins = ['boss']) => {
  t = createTestContext({ bot: { admins } });
  t.chat.users.push(...USERS);
};
beforeEach(() => start());
const rights = () => t.ctx.store.getRights('dingtalk/main');

it('everyone may use the bot until there is an allow list', async () => {
  expect((await t.say('历史'))?.title).toContain('工单');
});
it('only people on the allow list may, whatever they send; the others read why', async () => {
  await t.say('添加白名单 han@example.com', boss);
  for (const more of [{}, { fields: { subject: 'x' } }, { files: [{ key: 'k', kind: 'image' as const }] }])
    expect((await t.say('历史', more))?.text).toContain('不在这个机器人的白名单中');
  expect((await t.say('', { files: [{ key: 'k', kind: 'image' }] }))?.text).toContain('白名单');
  expect((await t.say('历史'))?.text).toContain('`添加白名单 u1`');
  expect((await t.say('历史', han))?.title).toBe('共 0 个工单');
});
it('allow takes mentions, user ids, e-mail addresses and mobile numbers', async () => {
  await t.say('allow', { ...boss, mentions: [{ id: 'u9', name: 'Alice' }] });
  await t.say('添加白名单 u8, 13800000003，han@example.com', boss);
  const { people, isAllowListOn } = await rights();
  expect([isAllowListOn, [...people.keys()].sort()]).toEqual([true, ['u2', 'u3', 'u8', 'u9']]);
  expect((await t.say('查看白名单', boss))?.facts?.map(({ value }) => value)).toEqual(
    expect.arrayContaining(['boss', 'Alice (u9)', '韩梅梅 (u2)', 'u8']),
  );
});
it.each([
  ['添加白名单 who@example.com', 'who@example.com'],
  ['添加白名单 韩梅梅', '找不到“韩梅梅”'],
  ['添加白名单', '请写明是谁'],
])('"%s" is answered with what is missing', async (text, answer) => {
  expect((await t.say(text, boss))?.text).toContain(answer);
});
it('an administrator who is added to the allow list stays an administrator', async () => {
  await t.say('设置管理员 han@example.com', boss);
  await t.say('添加白名单 han@example.com, u8', boss);
  const { people } = await rights();
  expect([people.get('u2')?.role, people.get('u8')?.role]).toEqual(['admin', 'member']);
});
it('an allow list from which the last name was removed lets no one else in, until it is switched off', async () => {
  await t.say('添加白名单 han@example.com', boss);
  await t.say('删除白名单 han@example.com', boss);
  expect((await t.say('历史', han))?.text).toContain('白名单');
  await t.say('关闭白名单', boss);
  expect((await t.say('历史', han))?.title).toBe('共 0 个工单');
});
it.each(['添加白名单 u1', '删除白名单 boss', '查看白名单', '关闭白名单', '设置管理员 u1', '检查配置'])(
  '"%s" is for administrators only',
  async (text) => {
    expect((await t.say(text))?.text).toContain('只有管理员');
  },
);
it('an administrator makes another, also one that the stack names by e-mail address', async () => {
  await t.say('设置管理员 han@example.com', boss);
  expect((await t.say('查看白名单', han))?.title).toContain('白名单');
  start(['han@example.com']);
  expect((await t.say('查看白名单', han))?.title).toContain('白名单');
  expect((await t.say('查看白名单'))?.text).toContain('只有管理员');
});
it('where there is no administrator, the bot says how to become one, and makes none', async () => {
  start([]);
  expect((await t.say('设置管理员 u1'))?.text).toContain('填入您的用户 ID u1');
  expect((await rights()).people.size).toBe(0);
});
it('the audit has who changed what and who was refused, and never what was written', async () => {
  const audit: AuditEntry[] = [];
  t.ctx.store.addAuditEntry = async (entry) => void audit.push(entry);
  await t.say('添加白名单 han@example.com', boss);
  await t.say('回复 123456789012 密码是 hunter2 13800138000');
  await t.say('回复 密码是 20261120');
  const where = { where: 'cid1', bot: 'dingtalk/main' };
  expect(audit).toEqual([
    expect.objectContaining({ who: { id: 'boss' }, what: 'allow han@example.com', result: 'done', ...where }),
    expect.objectContaining({ who: { id: 'u1', name: '李雷' }, what: 'reply 123456789012' }),
    expect.objectContaining({ what: 'reply' }),
  ]);
  expect(JSON.stringify([audit, t.lines])).not.toMatch(/hunter2|13800138000|20261120/);
});
