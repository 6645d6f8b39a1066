import { createTestContext, REQUEST, type TestContext } from '../test-context.fixture';

let t: TestContext;
beforeEach(() => {
  t = createTestContext();
});

/** A case that was opened elsewhere, such as in the console. */
async function opened(subject = 'EC2 连不上') {
  const caseId = await t.client.createCase({ ...REQUEST, subject });
  return { caseId, displayId: (await t.client.findCase({ caseId }))?.displayId ?? '' };
}
const bodiesOf = (displayId: string): string[] => {
  const found = t.support.engineer.cases().find((one) => one.displayId === displayId);
  return found?.communications.map(({ body }) => body) ?? [];
};
const statusOfCase = () => t.support.engineer.cases()[0]?.status;

it.each(['帮助', 'help', '你好', '@@@', ''])(
  'answers "%s" with help, which is made from the commands',
  async (text) => {
    const answer = await t.say(text);
    expect(answer?.title).toBe('可以这样使用');
    expect(answer?.text).toContain('`开工单 题目`：');
  },
);
it('answers nothing that is not for the bot', async () => {
  expect(await t.say('今天吃什么', { isForBot: false })).toBeUndefined();
  expect(await t.say('help', { isForBot: false })).toBeUndefined();
});
it('services finds AWS services by abbreviation and in Chinese, the best match first', async () => {
  expect((await t.say('查找ServiceCode: s3'))?.text).toMatch(/^\*\*.*S3/);
  expect((await t.say('services 负载均衡'))?.text).toContain('`elastic-load-balancing`');
  expect((await t.say('查找 zzzzqq'))?.text).toContain('没有找到');
});
it('cases lists the cases of all people, newest first, in pages', async () => {
  for (let number = 1; number <= 12; number += 1) {
    t.clock.now += 1_000;
    await opened(`问题 ${number}`);
  }
  const subjects = (page: Awaited<ReturnType<typeof t.say>>) =>
    page?.facts?.map(({ value }) => value.split(' · ').at(-1));
  const first = await t.say('历史 7');
  expect(first?.title).toBe('共 12 个工单，第 1/2 页');
  expect(subjects(first)).toEqual(Array.from({ length: 10 }, (_, index) => `问题 ${12 - index}`));
  expect(subjects(await t.press(first))).toEqual(['问题 2', '问题 1']);
  expect(subjects(await t.say('历史 p9'))).toEqual(['问题 2', '问题 1']);
});
it('cases lists by words, by age, and the open ones only', async () => {
  const one = await opened('数据库慢');
  await opened('网络慢');
  expect((await t.say('cases 数据库'))?.facts).toHaveLength(1);
  t.support.engineer.resolve(one.displayId);
  expect((await t.say('历史 未解决'))?.facts).toHaveLength(1);
  expect((await t.say('cases open'))?.facts).toHaveLength(1);
  t.clock.now += 40 * 86_400_000;
  expect((await t.say('历史'))?.text).toContain('最近 30 天没有工单');
  expect((await t.say('历史 60天'))?.facts).toHaveLength(2);
});
it('case shows a case with its correspondence, unchanged', async () => {
  const { displayId } = await opened();
  t.clock.now += 60_000;
  t.support.engineer.answer(displayId, 'Please run "df -h" in C:\\temp\n```\ncode\n```');
  const shown = await t.say(`工单 ${displayId}`);
  expect(shown?.title).toContain(displayId);
  expect(shown?.quote).toMatch(/旧内容[\s\S]*Please run "df -h" in C:\\temp\n```\ncode\n```/);
  expect(await t.say(`case ${displayId}`)).toEqual(shown);
});
it('reply writes to AWS, signed with the name of its sender', async () => {
  const { displayId } = await opened();
  expect((await t.say(`回复 ${displayId} 重启后好了: 谢谢`))?.title).toBe(`已回复到工单 ${displayId}`);
  expect(bodiesOf(displayId).at(-1)).toMatch(
    /^重启后好了: 谢谢\n\n-- 李雷 \(DingTalk group, via Casebell\) \[M-[0-9a-f]{12}\]/,
  );
});
it('reply writes every line to AWS, also those that look like a field of the form', async () => {
  const { displayId } = await opened();
  const text = '见下\n服务: nginx\n类型：t3.large\nbody: 500';
  await t.say(`回复 ${displayId} ${text}`);
  expect(bodiesOf(displayId).join()).toContain(`${text}\n\n-- `);
});
it('reply sends 21,000 characters in parts and cuts nothing', async () => {
  const { displayId } = await opened();
  const long = '日志。'.repeat(7_000);
  expect((await t.say(`回复 ${displayId} ${long}`))?.text).toContain('分 3 条');
  const parts = bodiesOf(displayId).filter((body) => body.includes('日志'));
  expect(parts.map((body) => body.slice(0, body.lastIndexOf('\n\n--'))).join('')).toBe(long);
});
it('resolve asks before it resolves a case; a reply reopens it and says so', async () => {
  const { displayId } = await opened();
  const asked = await t.say(`释放工单: ${displayId}`);
  expect([asked?.severity, statusOfCase()]).toEqual(['warning', 'unassigned']);
  await t.press(asked);
  expect(statusOfCase()).toBe('resolved');
  expect((await t.say(`reply ${displayId} not yet`))?.text).toContain('重新打开');
  expect(statusOfCase()).toBe('reopened');
});
it('a case is named by AWS’s case id too; the bot says when no case is named and when there is none', async () => {
  const { caseId } = await opened();
  expect((await t.say(`释放case,case_id:${caseId}`))?.buttons).toHaveLength(1);
  expect((await t.say('工单 123456789012'))?.text).toContain('没有工单 123456789012');
  expect((await t.say('工单'))?.text).toContain('例如“工单 1234567890”');
  expect((await t.say('回复 好了'))?.text).toContain('例如“回复 1234567890');
  expect((await t.say('关闭工单'))?.text).toContain('例如“关闭工单 1234567890”');
});
it('an error of AWS is explained in plain words', async () => {
  t.support.controls.fault = { kind: 'throttle' };
  expect((await t.say('工单 123456789012'))?.text).toContain('接口繁忙');
});

const LURE = '[AWS 登录](https://evil.example) **急** `open` zzq';

it.each([
  ['a service', `查找 ${LURE}`],
  ['words', `历史 ${LURE}`],
  ['a user', `添加白名单 ${LURE}`],
  ['a field', `提工单\nsubject:s\nbody:b\nserviceCode:${LURE}\ncc:${LURE}\naccount:${LURE}`],
])(
  'an answer that repeats %s of a user has no link or markup of its own, and the log has none of it',
  async (_name, text) => {
    const answer = await t.say(text, { sender: { id: 'boss' } });
    expect(answer?.text).toMatch(/AWS|登录/);
    expect(answer?.text).not.toMatch(/\]\(|\*\*急|`open`/);
    expect(t.lines.join('\n')).not.toMatch(/evil|登录/);
  },
);
it('an answer that names a refused file has no markup of its name', async () => {
  t.ctx.app.fetchFile = async () => ({ name: LURE, size: 0, bytes: (async function* () {})() });
  const { displayId } = await opened();
  const answer = await t.say(`附件 ${displayId}`, { files: [{ key: 'k', kind: 'file' }] });
  expect(answer?.text).toContain('AWS 登录');
  expect(answer?.text).not.toContain('](');
});
