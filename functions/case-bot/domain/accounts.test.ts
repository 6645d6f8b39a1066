import { parseServedAccounts } from '../../shared/accounts';
import { createTestContext, OWN_ACCOUNT, REQUEST, type TestContext, textForm } from '../test-context.fixture';
import { accountsOf } from './accounts';

const PROD = '111122223333';
const LOST = '444455556666';
const ROLES = [PROD, LOST].map((account) => `arn:aws:iam::${account}:role/CaseRole`).join();

let t: TestContext;
/** The role of production can be assumed, the other cannot. */
const start = (bot = {}) => {
  t = createTestContext({ roleArns: ROLES, roleNames: 'prod,lost', bot });
  t.support.controls.denied[LOST] = ['AssumeRole'];
};
beforeEach(() => start());
const cases = () => t.support.engineer.cases();

it('a draft without an account, or with an unknown one, is asked for one of those the bot serves', async () => {
  const answer = await t.say(textForm());
  expect(answer?.form?.fields.map(({ name }) => name)).toEqual(['account']);
  expect(answer?.form?.fields[0]?.options?.map(({ value }) => value)).toEqual(['main', 'prod', 'lost']);
  const other = await t.say(textForm({ account: 'elsewhere' }));
  expect(other?.form?.fields.map(({ name }) => name)).toEqual(['account']);
});
it.each(['prod', PROD])('a case is opened in the account of a role, named "%s"', async (account) => {
  const review = await t.say(textForm({ account }));
  expect(review?.facts).toContainEqual({ label: '账号', value: 'prod' });
  await t.press(review);
  expect(cases().map((one) => one.account)).toEqual([PROD]);
});
it('a role that cannot be assumed is reported with what an administrator should check', async () => {
  expect((await t.say(textForm({ account: 'lost' })))?.text).toContain('External ID');
});
it('cases lists the accounts that answer, and names those that do not', async () => {
  await t.press(await t.say(textForm({ account: 'prod' })));
  const list = await t.say('历史');
  expect(list?.facts?.map(({ label }) => label)).toEqual([expect.stringMatching(/^\d+$/), 'lost']);
  expect((await t.say(`工单 ${cases()[0]?.displayId}`))?.facts).toContainEqual({ label: '账号', value: 'prod' });
});
it('a bot serves the accounts of its profile only', async () => {
  await t.client.createCase(REQUEST);
  start({ accounts: ['prod'] });
  await t.client.createCase(REQUEST);
  const form = await t.say('开工单 x');
  expect(form?.form?.fields.map(({ name }) => name)).not.toContain('account');
  expect((await t.say(`工单 ${cases()[0]?.displayId}`))?.text).toContain('没有工单');
});
it('a followed case is delivered and shown under the new name of its account', async () => {
  await t.press(await t.say(textForm({ account: 'prod' })));
  const { displayId = '' } = cases()[0] ?? {};
  t.ctx.accounts = accountsOf(
    t.ctx.bot,
    parseServedAccounts({ ownId: OWN_ACCOUNT, roleArns: ROLES, names: '生产,lost' }),
    t.worker.supportClients,
  );
  t.clock.now += 60_000;
  t.support.engineer.answer(displayId, '还在');
  await t.poll().catch(() => undefined);
  expect(t.quotes().at(-1)).toBe('还在');
  expect((await t.say(`工单 ${displayId}`))?.facts).toContainEqual({ label: '账号', value: '生产' });
});
it('check reports each account, with what to do, and no raw error', async () => {
  const report = await t.say('检查配置', { sender: { id: 'boss' } });
  const lines = report?.facts?.map(({ label, value }) => `${label} ${value}`) ?? [];
  expect(report?.severity).toBe('critical');
  expect(lines).toContain('🟢 账号 prod 的 AWS 支持 正常');
  expect(lines.join('\n')).toMatch(/🔴 账号 lost 的 AWS 支持 .*信任策略/);
  expect(JSON.stringify(report)).not.toMatch(/arn:|Exception/);
  expect(cases()).toEqual([]);
});
