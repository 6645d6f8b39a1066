import { type ChatMessage, DeliveryError } from '@casebell/im/bots';
import { handleMessage } from '../conversation/handle-message';
import { LEASE_MS } from '../domain/case-store';
import { commandOf, createTestContext, OWN_ACCOUNT, type TestContext, textForm } from '../test-context.fixture';

let t: TestContext;
beforeEach(() => {
  t = createTestContext({ hasGroups: true });
});

const cases = () => t.support.engineer.cases();
const LONG = { body: '磁盘满了，日志如下。'.repeat(1_000) };

/** The press that submits a draft. */
const draft = async (values?: Readonly<Record<string, string>>): Promise<ChatMessage> =>
  t.message(commandOf(await t.say(textForm(values))));

it.each<[string, (t: TestContext) => void, string]>([
  ['no plan', ({ support }) => Object.assign(support.controls.plans, { [OWN_ACCOUNT]: 'none' }), '支持计划'],
  ['no permission', ({ support }) => Object.assign(support.controls.denied, { [OWN_ACCOUNT]: ['CreateCase'] }), '拒绝'],
])('a draft is kept where the account has %s, and the answer says so in plain words', async (_name, spoil, words) => {
  const review = await t.say(textForm());
  spoil(t);
  const answer = await t.press(review);
  expect(answer?.text).toContain(words);
  expect(JSON.stringify(answer)).not.toMatch(/arn:|Exception|RequestId/i);
  Object.assign(t.support.controls, { plans: {}, denied: {} });
  await t.press(review);
  expect(cases()).toHaveLength(1);
});
it.each([
  ['the button', (command: string) => command],
  ['the command', () => '提交'],
])('a draft that was corrected after AWS refused it is submitted by %s as corrected', async (_name, submit) => {
  const review = await t.say(textForm());
  t.support.controls.denied = { [OWN_ACCOUNT]: ['CreateCase'] };
  await t.press(review);
  t.support.controls.denied = {};
  const form = await t.press(review, 1);
  const corrected = await t.say(form?.form?.command ?? '', { fields: { subject: '改过的题目', body: '改过的描述' } });
  await t.say(submit(commandOf(corrected)));
  expect(cases()).toMatchObject([
    { subject: '改过的题目', communications: [{ body: expect.stringMatching(/^改过的描述\n/) }] },
  ]);
});
it('a button that is pressed again files no second case, and keeps the next draft', async () => {
  const old = await t.say(textForm());
  const first = await t.press(old);
  expect((await t.press(old))?.title).toBe(first?.title);
  expect(cases()).toHaveLength(1);
  const next = await t.say(textForm({ subject: '又连不上' }));
  await t.press(old);
  await t.press(next);
  expect(cases()).toHaveLength(2);
});
it('two deliveries of a press at the same time file one case', async () => {
  const press = await draft();
  const outcomes = await Promise.allSettled([handleMessage(press, t.ctx), handleMessage(press, t.ctx)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(cases()).toHaveLength(1);
});
it('a case whose answer was lost is looked up before it is created again', async () => {
  const press = await draft();
  t.support.controls.fault = { kind: 'lost', operation: 'CreateCase', times: 1 };
  await expect(handleMessage(press, t.ctx)).rejects.toThrow(/CreateCase/);
  t.clock.now += LEASE_MS;
  await handleMessage(press, t.ctx);
  expect(cases()).toHaveLength(1);
});
it('a case whose answer was lost is not created again while it may be invisible', async () => {
  const press = await draft();
  t.support.controls.fault = { kind: 'lost', operation: 'CreateCase', times: 1 };
  await expect(handleMessage(press, t.ctx)).rejects.toThrow(/CreateCase/);
  t.support.controls.lagMs = 30_000;
  const again = t.message(press.text);
  await expect(handleMessage(again, t.ctx)).rejects.toMatchObject({
    userMessage: { 'zh-CN': expect.stringContaining('先确认') },
  });
  t.clock.now += 31_000;
  await handleMessage(again, t.ctx);
  expect(cases()).toHaveLength(1);
});
it.each([
  ['the number of the case is read', 'DescribeCases'],
  ['the second communication is added', 'AddCommunicationToCase'],
])(
  'a case goes on by itself where AWS throttles before %s, and the person reads that it is filed',
  async (_name, operation) => {
    const press = await draft(LONG);
    t.support.controls.fault = { kind: 'throttle', operation };
    const userMessage = { 'zh-CN': expect.stringContaining('工单已提交') };
    await expect(handleMessage(press, t.ctx)).rejects.toMatchObject({ userMessage });
    t.support.controls.fault = undefined;
    t.clock.now += LEASE_MS;
    await handleMessage(press, t.ctx);
    expect(cases().map(({ communications }) => communications.length)).toEqual([2]);
  },
);
it('a case has a group with its card, and the group is the case’s conversation', async () => {
  const review = await t.say(textForm());
  const answer = await t.press(review);
  const { displayId = '', caseId } = cases()[0] ?? {};
  const [group] = [...t.chat.groups.values()];
  expect(group).toMatchObject({ name: `${displayId}-连不上`, card: { title: expect.stringContaining(displayId) } });
  expect(answer?.text).toContain('专属群');
  const found = await t.ctx.store.getCaseInConversation('dingtalk/main', { id: group?.id ?? '', kind: 'group' });
  expect(found).toEqual({ account: OWN_ACCOUNT, caseId, displayId });
});
it('a case lives where it was opened where the platform creates no group for good', async () => {
  t.ctx.app.createThread = () =>
    Promise.reject(new DeliveryError('feishu', { reason: 'no permission', retryable: false }));
  const answer = await t.press(await t.say(textForm()));
  expect([answer?.text, t.lines.join()]).toEqual([
    expect.stringContaining('未能为它创建专属群'),
    expect.stringContaining('thread.create_failed'),
  ]);
});
