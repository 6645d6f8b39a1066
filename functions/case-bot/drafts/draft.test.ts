import type { Card } from '@casebell/im/bots';
import { createTestContext, OWN_ACCOUNT, type TestContext, textForm } from '../test-context.fixture';

let t: TestContext;
beforeEach(() => {
  t = createTestContext();
});

const fieldsOf = (card: Card | undefined) => card?.form?.fields ?? [];
const namesOf = (card: Card | undefined) => fieldsOf(card).map(({ name }) => name);
const optionsOf = (card: Card | undefined, field: string) =>
  fieldsOf(card)
    .find(({ name }) => name === field)
    ?.options?.map(({ value }) => value);
const draft = () =>
  t.ctx.store.getDraft('dingtalk/main', { conversation: { id: 'cid1', kind: 'group' }, sender: { id: 'u1' } });
const cases = () => t.support.engineer.cases();

it('a complete text form is reviewed first and submitted by one press', async () => {
  const review = await t.say(textForm());
  expect(review).toMatchObject({ title: '请核对后提交', quote: '实例 i-0123' });
  expect(cases()).toHaveLength(0);
  const submitted = await t.press(review);
  expect(cases()).toMatchObject([{ subject: '连不上', severityCode: 'low' }]);
  expect(submitted?.title).toContain(cases()[0]?.displayId);
  const [reference] = /CB-\w+/.exec(review?.buttons?.[0]?.command ?? '') ?? ['none'];
  expect(cases()[0]?.communications[0]?.body).toMatch(new RegExp(`^实例 i-0123\\n\\n-- 李雷 .*\\[${reference}\\]$`));
});
it('a draft is filled in step by step: a subject, options, and the description', async () => {
  const form = await t.say('开工单 S3 上传失败');
  expect(namesOf(form)).toEqual([
    ...['subject', 'body', 'issueType', 'serviceCode', 'categoryCode', 'severityCode', 'language', 'cc'],
  ]);
  expect(fieldsOf(form)[0]).toMatchObject({ value: 'S3 上传失败', required: true });
  const fields = { serviceCode: 'amazon-simple-storage-service', severityCode: 'normal' };
  expect(namesOf(await t.say(form?.form?.command ?? '', { fields }))).toEqual(['body', 'categoryCode']);
  expect(namesOf(await t.say('内容 从 9 点开始 403\n区域: cn-north-1'))).toEqual(['categoryCode']);
  const review = await t.say('categoryCode: general guidance');
  expect(review).toMatchObject({ title: '请核对后提交', quote: '从 9 点开始 403\n区域: cn-north-1' });
});
it('every line after 内容 belongs to the description, also lines that look like a field', async () => {
  await t.say('开工单 变慢');
  const answer = await t.say('内容 现象如下\n服务: nginx\n语言：java');
  expect(namesOf(answer)).toEqual(['serviceCode', 'severityCode']);
  expect((await draft())?.values.body).toBe('现象如下\n服务: nginx\n语言：java');
});
it('the hints of a copied form are not values, but a description may have pipes and brackets', async () => {
  const form = await t.say('开工单');
  const printed = fieldsOf(form).map(({ name, hint }) => `${name}: (${hint})`);
  const untouched = await t.say([form?.form?.command, ...printed].join('\n'));
  expect(fieldsOf(untouched).map(({ hint }) => hint)).not.toContain(undefined);
  expect(namesOf(untouched)).toEqual(['subject', 'body', 'serviceCode', 'severityCode']);
  const body = '(见下)\nps aux | grep java | wc -l\n(完)';
  expect((await t.say(textForm({ body })))?.quote).toBe(body);
});
it('help says that a draft is open here, and how to go on', async () => {
  expect((await t.say('帮助'))?.text).not.toContain('正在填写');
  await t.say('开工单 变慢');
  expect((await t.say('EC2'))?.text).toMatch(/正在填写.*`修改`.*`内容 描述`.*`放弃`/);
});
it('each wrong field is asked for again, the others are kept', async () => {
  const wrong = { serviceCode: 'EC2', severityCode: '特别急', cc: 'no-address', categoryCode: '' };
  const answer = await t.say(textForm(wrong));
  expect(namesOf(answer)).toEqual(['serviceCode', 'severityCode', 'cc']);
  expect(answer?.text).toContain('EC2');
  expect(optionsOf(answer, 'serviceCode')).toEqual(
    expect.arrayContaining(['amazon-elastic-compute-cloud-linux', 'amazon-elastic-compute-cloud-windows']),
  );
  const fields = { serviceCode: 'aws-lambda', severityCode: 'low', cc: 'a@b.cn' };
  expect(namesOf(await t.say(answer?.form?.command ?? '', { fields }))).toEqual(['categoryCode']);
});
it('the form offers the severities that the plan of the account has', async () => {
  t.support.controls.plans[OWN_ACCOUNT] = 'developer';
  expect(optionsOf(await t.say('open disk full'), 'severityCode')).toEqual(['low', 'normal']);
});
it('the form offers the services and severities of the bot’s profile, and no others', async () => {
  t = createTestContext({ bot: { services: ['aws-lambda'], severities: ['low'] } });
  const form = await t.say('开工单 x');
  expect([optionsOf(form, 'serviceCode'), optionsOf(form, 'severityCode')]).toEqual([['aws-lambda'], ['low']]);
  expect((await t.say('services s3'))?.text).toContain('没有找到');
});
it('a discarded draft and the button of a replaced draft submit nothing', async () => {
  const old = await t.say(textForm());
  const review = await t.say(textForm({ subject: '又连不上' }));
  expect((await t.press(old))?.text).toContain('过期');
  await t.press(review, 2);
  expect((await t.press(review))?.text).toContain('没有待提交的工单');
  expect(cases()).toHaveLength(0);
});
it('a draft is submitted by its author only', async () => {
  const review = await t.say(textForm());
  const answer = await t.say(review?.buttons?.[0]?.command ?? '', { sender: { id: 'u2', name: '韩梅梅' } });
  expect(answer?.text).toContain('没有待提交的工单');
  expect(cases()).toHaveLength(0);
});
it('a long description becomes the case and its first communications, and the review says so', async () => {
  const body = '磁盘满了，日志如下。'.repeat(2_000);
  const review = await t.say(textForm({ body }));
  expect(review?.text).toContain('2 条后续回复');
  await t.press(review);
  const parts = cases()[0]?.communications.map((one) => one.body.slice(0, one.body.lastIndexOf('\n\n--'))) ?? [];
  expect([parts.length, parts.join('')]).toEqual([3, body]);
});
