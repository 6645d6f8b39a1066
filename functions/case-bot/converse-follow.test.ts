import { openTestOffice, type TestOffice } from './test-office.fixture';

let at: TestOffice;
beforeEach(async () => {
  at = await openTestOffice();
});
afterEach(() => at.close());

const REQUEST = {
  body: '实例无法启动',
  serviceCode: 'amazon-elastic-compute-cloud-linux',
  categoryCode: 'other',
  severityCode: 'low',
  issueType: 'technical',
  cc: [],
};
const desk = () => at.desk;
const engineer = () => at.aws.support.engineer;

/** A case opened elsewhere, such as in the console. */
async function opened(subject = 'EC2 连不上') {
  const caseId = await desk().createCase({ ...REQUEST, subject });
  const found = await desk().findCase({ caseId });
  if (!found) throw new Error('The case is not there.');
  return found;
}
const letters = (displayId: string): string[] =>
  engineer()
    .cases()
    .find((one) => one.displayId === displayId)
    ?.communications.map(({ body }) => body) ?? [];

it('answers what it does not understand with what it can do, from the commands themselves', async () => {
  for (const text of ['帮助', 'help', '你好', '@@@', '']) {
    const answer = await at.say(text);
    expect(answer?.title).toBe('可以这样使用');
    expect(answer?.text).toContain('`开工单 题目`：');
  }
});
it('finds services, best first, by abbreviation and in Chinese', async () => {
  expect((await at.say('查找ServiceCode: s3'))?.text).toMatch(/^\*\*.*S3/);
  expect((await at.say('services 负载均衡'))?.text).toContain('`elastic-load-balancing`');
  expect((await at.say('查找 zzzzqq'))?.text).toContain('没有找到');
});
it('lists the cases of its accounts, whoever opened them, newest first, by pages', async () => {
  for (let number = 1; number <= 12; number += 1) {
    // AWS takes ten cases an hour.
    at.clock.now += 600_000;
    await opened(`问题 ${number}`);
  }
  const first = await at.say('历史 7');
  expect(first?.title).toBe('共 12 个工单，第 1/2 页');
  expect(first?.facts?.map(({ value }) => value.split(' · ').at(-1))).toEqual(
    Array.from({ length: 10 }, (_, index) => `问题 ${12 - index}`),
  );
  const second = await at.say(first?.buttons?.[0]?.command ?? '');
  expect(second?.facts?.map(({ value }) => value.split(' · ').at(-1))).toEqual(['问题 2', '问题 1']);
});
it('shows the last page to whoever asks for a later one', async () => {
  await opened('只有一个');
  expect((await at.say('历史 p9'))?.facts).toHaveLength(1);
});
it('lists by words, and the open ones only', async () => {
  const one = await opened('数据库慢');
  await opened('网络慢');
  expect((await at.say('cases 数据库'))?.facts).toHaveLength(1);
  engineer().resolve(one.displayId);
  expect((await at.say('历史 未解决'))?.facts).toHaveLength(1);
  expect((await at.say('cases open'))?.facts).toHaveLength(1);
  at.clock.now += 40 * 86_400_000;
  expect((await at.say('历史'))?.text).toContain('最近 30 天没有工单');
  expect((await at.say('历史 60天'))?.facts).toHaveLength(2);
});
it('shows a case with its correspondence, as it was written', async () => {
  const { displayId } = await opened();
  at.clock.now += 60_000;
  engineer().answer(displayId, 'Please run "df -h" in C:\\temp\n```\ncode\n```');
  const shown = await at.say(`工单 ${displayId}`);
  expect(shown?.title).toContain(displayId);
  expect(shown?.quote).toMatch(/实例无法启动[\s\S]*Please run "df -h" in C:\\temp\n```\ncode\n```/);
  expect(await at.say(`case ${displayId}`)).toEqual(shown);
});
it('writes to AWS, and says who did', async () => {
  const { displayId } = await opened();
  const answer = await at.say(`回复 ${displayId} 重启后好了: 谢谢`);
  expect(answer?.title).toBe(`已回复到工单 ${displayId}`);
  expect(letters(displayId).join()).toMatch(
    /重启后好了: 谢谢\n\n-- 李雷 \(DingTalk group, via Casebell\) \[M-[0-9a-f]{12}\]/,
  );
});
it('writes every line of a reply to AWS, also those that look like a field of the form', async () => {
  const { displayId } = await opened();
  const words = '见下\n服务: nginx\n类型：t3.large\nbody: 500';
  await at.say(`回复 ${displayId} ${words}`);
  expect(letters(displayId).join()).toContain(`${words}\n\n-- `);
});
it('closes a case after a second look, and opens it again by a reply, saying so', async () => {
  const { displayId } = await opened();
  const asked = await at.say(`释放工单: ${displayId}`);
  expect(asked?.severity).toBe('warning');
  expect(engineer().cases()[0]?.status).not.toBe('resolved');
  await at.say(asked?.buttons?.[0]?.command ?? '');
  expect(engineer().cases()[0]?.status).toBe('resolved');
  const again = await at.say(`reply ${displayId} not yet`);
  expect(again?.text).toContain('重新打开');
  expect(engineer().cases()[0]?.status).toBe('reopened');
});
it('knows the id of AWS, too, and says when it knows neither', async () => {
  const { caseId } = await opened();
  expect((await at.say(`释放case,case_id:${caseId}`))?.buttons).toHaveLength(1);
  expect((await at.say('工单 123456789012'))?.text).toContain('没有工单 123456789012');
  expect((await at.say('工单'))?.text).toContain('例如“工单 1234567890”');
  expect((await at.say('回复 好了'))?.text).toContain('例如“回复 1234567890');
  expect((await at.say('关闭工单'))?.text).toContain('例如“关闭工单 1234567890”');
});
it('sends a reply of 20,000 letters in parts, and cuts nothing', async () => {
  const { displayId } = await opened();
  const long = '日志。'.repeat(7_000);
  expect((await at.say(`回复 ${displayId} ${long}`))?.text).toContain('分 3 条');
  const parts = letters(displayId).filter((body) => body.includes('日志'));
  const told = parts.map((body) => body.slice(0, body.lastIndexOf('\n\n--')));
  expect(told.reverse().join('').length).toBe(long.length);
});
it('stays silent about what is not meant for it', async () => {
  expect(await at.say('今天吃什么', { isForBot: false })).toBeUndefined();
  expect(await at.say('help', { isForBot: false })).toBeUndefined();
});
it('says in plain words that AWS is busy', async () => {
  at.aws.support.set({ callsPerSecond: 1 });
  await at.aws.setFault('support', { kind: 'throttle' });
  expect((await at.say('工单 123456789012'))?.text).toContain('接口繁忙');
}, 30_000);
