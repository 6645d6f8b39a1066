import { openTestOffice, type TestOffice } from './test-office.fixture';

let at: TestOffice;
beforeEach(async () => {
  at = await openTestOffice();
});
afterEach(() => at.close());

const WHOLE = `提工单
subject:EC2 连不上
body:实例 i-0123 从 10:00 (UTC+8) 起无法连接
severityCode:low
serviceCode:amazon-elastic-compute-cloud-linux
categoryCode:other`;

const reference = (command = ''): string => /CB-\w+/.exec(command)?.[0] ?? '';

it('files a case with the text form of old, after one look and one press', async () => {
  const review = await at.say(WHOLE);
  expect(review).toMatchObject({ title: '请核对后提交', quote: '实例 i-0123 从 10:00 (UTC+8) 起无法连接' });
  expect(at.aws.support.engineer.cases()).toHaveLength(0);
  const filed = await at.say(review?.buttons?.[0]?.command ?? '');
  const [only, ...others] = at.aws.support.engineer.cases();
  expect(others).toEqual([]);
  expect(filed?.title).toContain(only?.displayId);
  expect(JSON.stringify(only)).toContain('李雷');
  expect(JSON.stringify(only)).toContain(reference(review?.buttons?.[0]?.command));
});
it('walks the steps of old: a subject, choices, and the description', async () => {
  const form = await at.say('开工单 S3 上传失败');
  expect(form?.form?.fields.map(({ name }) => name)).toEqual([
    ...['subject', 'body', 'issueType', 'serviceCode', 'categoryCode', 'severityCode', 'language', 'cc'],
  ]);
  expect(form?.form?.fields[0]).toMatchObject({ value: 'S3 上传失败', required: true });
  const chosen = await at.say(form?.form?.command ?? '', {
    fields: { serviceCode: 'amazon-simple-storage-service', severityCode: 'normal' },
  });
  expect(chosen?.form?.fields.map(({ name }) => name)).toEqual(['body', 'categoryCode']);
  const described = await at.say('内容 从 9 点开始 403\n区域: cn-north-1');
  expect(described?.form?.fields.map(({ name }) => name)).toEqual(['categoryCode']);
  const review = await at.say('categoryCode: general guidance');
  expect(review).toMatchObject({ title: '请核对后提交', quote: '从 9 点开始 403\n区域: cn-north-1' });
});
it('takes every line behind 内容 for the description, also those that look like a field', async () => {
  await at.say('开工单 变慢');
  const answer = await at.say('内容 现象如下\n服务: nginx\n语言：java');
  expect(answer?.form?.fields.map(({ name }) => name)).toEqual(['serviceCode', 'severityCode']);
  const draft = await at.office.store.getDraft('dingtalk/main', {
    conversation: { id: 'cid1', kind: 'group' },
    sender: { id: 'u1' },
  });
  expect(draft?.values.body).toBe('现象如下\n服务: nginx\n语言：java');
});
it('keeps a description with pipes and brackets, and takes the hints of a copied form for nothing', async () => {
  const form = await at.say('开工单');
  const printed = form?.form?.fields.map(({ name, hint }) => `${name}: (${hint})`).join('\n');
  const untouched = await at.say(`${form?.form?.command}\n${printed}`);
  expect(untouched?.form?.fields.map(({ hint }) => hint)).not.toContain(undefined);
  expect(untouched?.form?.fields.map(({ name }) => name)).toEqual(['subject', 'body', 'serviceCode', 'severityCode']);
  const review = await at.say(WHOLE.replace(/body:.*/, 'body:(见下)\nps aux | grep java | wc -l\n(完)'));
  expect(review?.quote).toBe('(见下)\nps aux | grep java | wc -l\n(完)');
});
it('says in its help that a case is being opened here, and how to go on', async () => {
  expect((await at.say('帮助'))?.text).not.toContain('正在填写');
  await at.say('开工单 变慢');
  expect((await at.say('EC2'))?.text).toMatch(/正在填写.*`修改`.*`内容 描述`.*`放弃`/);
});
it('asks for what is wrong, field by field, and keeps the rest', async () => {
  const answer = await at.say('提工单\nsubject: 问题\nbody: 描述\nserviceCode: EC2\nseverityCode: 特别急\ncc: nobody');
  expect(answer?.form?.fields.map(({ name }) => name)).toEqual(['serviceCode', 'severityCode', 'cc']);
  expect(answer?.text).toContain('EC2');
  expect(answer?.form?.fields[0]?.options?.map(({ value }) => value)).toEqual(
    expect.arrayContaining(['amazon-elastic-compute-cloud-linux', 'amazon-elastic-compute-cloud-windows']),
  );
  const next = await at.say(answer?.form?.command ?? '', {
    fields: { serviceCode: 'aws-lambda', severityCode: 'low', cc: 'a@b.cn' },
  });
  expect(next?.form?.fields.map(({ name }) => name)).toEqual(['categoryCode']);
});
it('offers what the plan allows, and what the profile does', async () => {
  at.aws.support.subscribe('000000000000', 'developer');
  const form = await at.say('open disk full');
  const severity = form?.form?.fields.find(({ name }) => name === 'severityCode');
  expect(severity?.options?.map(({ value }) => value)).toEqual(['low', 'normal']);
});
it('files once, however often the button is pressed', async () => {
  const review = await at.say(WHOLE);
  const press = review?.buttons?.[0]?.command ?? '';
  const [first, again] = [await at.say(press), await at.say(press)];
  expect(at.aws.support.engineer.cases()).toHaveLength(1);
  expect(again?.title).toBe(first?.title);
});
it('files nothing that was discarded, and nothing from an old card', async () => {
  const old = await at.say(WHOLE);
  const review = await at.say(WHOLE.replace('连不上', '又连不上'));
  expect((await at.say(old?.buttons?.[0]?.command ?? ''))?.text).toContain('过期');
  await at.say(review?.buttons?.[2]?.command ?? '');
  expect((await at.say(review?.buttons?.[0]?.command ?? ''))?.text).toContain('没有待提交的工单');
  expect(at.aws.support.engineer.cases()).toHaveLength(0);
});
it('lets nobody file what another has written', async () => {
  const review = await at.say(WHOLE);
  const answer = await at.say(review?.buttons?.[0]?.command ?? '', { sender: { id: 'u2', name: '韩梅梅' } });
  expect(answer?.text).toContain('没有待提交的工单');
  expect(at.aws.support.engineer.cases()).toHaveLength(0);
});
it('splits a long description into the case and its first replies, and says so', async () => {
  const long = '磁盘满了，日志如下。'.repeat(2_000);
  const review = await at.say(WHOLE.replace(/body:.*/, `body:${long}`));
  expect(review?.text).toContain('2 条后续回复');
  await at.say(review?.buttons?.[0]?.command ?? '');
  const [only] = at.aws.support.engineer.cases();
  const letters = await at.desk.listCommunications(only?.caseId ?? '');
  expect(letters.length).toBe(3);
  const told = letters
    .reverse()
    .map(({ body }) => body.slice(0, body.lastIndexOf('\n\n--')))
    .join('');
  expect(told).toBe(long);
});
it.each([
  ['no plan', (aws: TestOffice['aws']) => aws.support.subscribe('000000000000', 'none'), '支持计划'],
  ['no permission', (aws: TestOffice['aws']) => aws.support.deny('000000000000', 'CreateCase'), '拒绝'],
])('says in plain words that there is %s, and keeps the draft', async (_name, spoil, words) => {
  const review = await at.say(WHOLE);
  spoil(at.aws);
  const answer = await at.say(review?.buttons?.[0]?.command ?? '');
  expect(answer?.text).toContain(words);
  expect(JSON.stringify(answer)).not.toMatch(/arn:|Exception|RequestId/i);
  at.aws.support.subscribe('000000000000', 'business');
  at.aws.support.deny('000000000000');
  await at.say(review?.buttons?.[0]?.command ?? '');
  expect(at.aws.support.engineer.cases()).toHaveLength(1);
});
it.each([
  ['pressed', (press: string) => press],
  ['typed', () => '提交'],
])('files what was corrected after AWS refused it, and not what it refused, when it is %s', async (_name, submit) => {
  const review = await at.say(WHOLE);
  at.aws.support.deny('000000000000', 'CreateCase');
  await at.say(review?.buttons?.[0]?.command ?? '');
  at.aws.support.deny('000000000000');
  const form = await at.say(review?.buttons?.[1]?.command ?? '');
  const corrected = await at.say(form?.form?.command ?? '', { fields: { subject: '改过的题目', body: '改过的描述' } });
  await at.say(submit(corrected?.buttons?.[0]?.command ?? ''));
  const [only, ...others] = at.aws.support.engineer.cases();
  expect(others).toEqual([]);
  expect(only?.subject).toBe('改过的题目');
  expect(only?.communications[0]?.body).toMatch(/^改过的描述\n/);
});
it('keeps the next draft when the button of a case that is filed already is pressed once more', async () => {
  const old = await at.say(WHOLE);
  await at.say(old?.buttons?.[0]?.command ?? '');
  const next = await at.say(WHOLE.replace('连不上', '又连不上'));
  await at.say(old?.buttons?.[0]?.command ?? '');
  await at.say(next?.buttons?.[0]?.command ?? '');
  expect(at.aws.support.engineer.cases()).toHaveLength(2);
});
