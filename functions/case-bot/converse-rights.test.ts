import type { ChatApp } from '@casebell/im/bots';
import { openTestOffice, type TestOffice } from './test-office.fixture';

const app: Partial<ChatApp> = {
  findUser: async (handle) => {
    if ('email' in handle) return handle.email === 'han@example.com' ? { id: 'u2', name: '韩梅梅' } : undefined;
    return handle.mobile === '13800000003' ? { id: 'u3', name: '王芳' } : undefined;
  },
};
const boss = { sender: { id: 'boss' } };
const han = { sender: { id: 'u2', name: '韩梅梅' } };

let at: TestOffice;
beforeEach(async () => {
  at = await openTestOffice({ app });
});
afterEach(() => at.close());

it('lets everyone in until there is a list', async () => {
  expect((await at.say('历史'))?.title).toContain('工单');
});
it('lets only those on the list in, whatever they send, and tells the others why', async () => {
  await at.say('添加白名单 han@example.com', boss);
  for (const more of [{}, { fields: { subject: 'x' } }, { files: [{ key: 'k', kind: 'image' as const }] }]) {
    expect((await at.say('历史', more))?.text).toContain('不在这个机器人的白名单中');
  }
  expect((await at.say('', { files: [{ key: 'k', kind: 'image' }] }))?.text).toContain('白名单');
  expect((await at.say('历史'))?.text).toContain('`添加白名单 u1`');
  expect((await at.say('历史', han))?.title).toBe('共 0 个工单');
});
it('knows people by mention, user id, e-mail and mobile number', async () => {
  await at.say('allow', { ...boss, mentions: [{ id: 'u9', name: 'Alice' }] });
  await at.say('添加白名单 u8, 13800000003，han@example.com', boss);
  const { people, isAllowListOn } = await at.office.store.getRights('dingtalk/main');
  expect([isAllowListOn, [...people.keys()].sort()]).toEqual([true, ['u2', 'u3', 'u8', 'u9']]);
  expect((await at.say('查看白名单', boss))?.facts?.map(({ value }) => value)).toEqual(
    expect.arrayContaining(['boss', 'Alice (u9)', '韩梅梅 (u2)', 'u8']),
  );
  expect((await at.say('添加白名单 who@example.com', boss))?.text).toContain('who@example.com');
  expect((await at.say('添加白名单 韩梅梅', boss))?.text).toContain('找不到“韩梅梅”');
  expect((await at.say('添加白名单', boss))?.text).toContain('请写明是谁');
});
it('lets an administrator stay one who is put on the list', async () => {
  await at.say('设置管理员 han@example.com', boss);
  await at.say('添加白名单 han@example.com, u8', boss);
  const { people } = await at.office.store.getRights('dingtalk/main');
  expect([people.get('u2')?.role, people.get('u8')?.role]).toEqual(['admin', 'member']);
});
it('does not open the door by taking the last name off the list', async () => {
  await at.say('添加白名单 han@example.com', boss);
  await at.say('删除白名单 han@example.com', boss);
  expect((await at.say('历史', han))?.text).toContain('白名单');
  await at.say('关闭白名单', boss);
  expect((await at.say('历史', han))?.title).toBe('共 0 个工单');
});
it('lets only an administrator touch the list, and an administrator make others', async () => {
  for (const text of ['添加白名单 u1', '删除白名单 boss', '查看白名单', '关闭白名单', '设置管理员 u1', '检查配置'])
    expect((await at.say(text))?.text).toContain('只有管理员');
  await at.say('设置管理员 han@example.com', boss);
  expect((await at.say('查看白名单', han))?.title).toContain('白名单');
});
it('says to whoever asks first how to become administrator, when there is none', async () => {
  const lone = await openTestOffice({ bot: { admins: [] } });
  expect((await lone.say('设置管理员 u1'))?.text).toContain('填入您的用户 ID u1');
  expect((await lone.office.store.getRights('dingtalk/main')).people.size).toBe(0);
  await lone.close();
});
it('finds the administrator whom the stack names by e-mail', async () => {
  const other = await openTestOffice({ app, bot: { admins: ['han@example.com'] } });
  expect((await other.say('查看白名单', han))?.title).toContain('白名单');
  expect((await other.say('查看白名单'))?.text).toContain('只有管理员');
  await other.close();
});
it('writes down who changed what, and who was not let in; never what was written', async () => {
  const audits: object[] = [];
  const { addAuditEntry } = at.office.store;
  at.office.store.addAuditEntry = async (entry) => {
    audits.push(entry);
    await addAuditEntry(entry);
  };
  await at.say('添加白名单 han@example.com', boss);
  await at.say('回复 123456789012 密码是 hunter2 13800138000');
  await at.say('回复 密码是 20261120');
  expect(audits).toEqual([
    expect.objectContaining({
      who: { id: 'boss' },
      what: 'allow han@example.com',
      result: 'done',
      where: 'cid1',
      bot: 'dingtalk/main',
    }),
    expect.objectContaining({ who: { id: 'u1', name: '李雷' }, what: 'reply 123456789012' }),
    expect.objectContaining({ what: 'reply' }),
  ]);
  expect(JSON.stringify([audits, at.lines])).not.toMatch(/hunter2|13800138000|20261120/);
});
