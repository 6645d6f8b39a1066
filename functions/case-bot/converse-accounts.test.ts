import { parseServedAccounts } from '../shared/accounts';
import { accountsOf } from './domain/accounts';
import { openTestOffice, type TestOffice } from './test-office.fixture';
import { poll } from './updates/poll';

const PROD = 'arn:aws:iam::111122223333:role/CaseRole';
const LOST = 'arn:aws:iam::444455556666:role/CaseRole';
const whole = (account: string) =>
  `提工单\naccount: ${account}\nsubject:问题\nbody:描述\nseverityCode:低\nserviceCode:lambda\ncategoryCode:general-guidance`;

let at: TestOffice;
beforeEach(async () => {
  at = await openTestOffice({ roleArns: [PROD, LOST], roleNames: ['prod', 'lost'] });
  at.aws.trust({ roleArn: PROD, principal: '000000000000', externalId: 'sesame' });
});
afterEach(() => at.close());

it('asks which account when there are several, and never guesses', async () => {
  const answer = await at.say(whole(''));
  expect(answer?.form?.fields.map(({ name }) => name)).toEqual(['account']);
  expect(answer?.form?.fields[0]?.options?.map(({ value }) => value)).toEqual(['main', 'prod', 'lost']);
  expect((await at.say(whole('elsewhere')))?.form?.fields.map(({ name }) => name)).toEqual(['account']);
});
it('opens a case in the account of a role that it takes on', async () => {
  const review = await at.say(whole('prod'));
  await at.say(review?.buttons?.[0]?.command ?? '');
  expect(at.aws.support.engineer.cases().map(({ account }) => account)).toEqual(['111122223333']);
});
it('takes the id of an account for its name', async () => {
  const review = await at.say(whole('111122223333'));
  expect(review?.facts).toContainEqual({ label: '账号', value: 'prod' });
});
it('goes on telling what it follows when an account is called otherwise from now on', async () => {
  const review = await at.say(whole('prod'));
  await at.say(review?.buttons?.[0]?.command ?? '');
  const { displayId = '' } = at.aws.support.engineer.cases()[0] ?? {};
  const renamed = parseServedAccounts({ ownId: at.aws.account, roleArns: `${PROD},${LOST}`, names: '生产,lost' });
  at.office.accounts = accountsOf(at.office.bot, renamed, at.bureau.supportClients);
  at.clock.now += 60_000;
  at.aws.support.engineer.answer(displayId, '还在');
  await poll(at.bureau).catch(() => undefined);
  expect(at.spoken.at(-1)?.card.quote).toBe('还在');
  expect((await at.say(`工单 ${displayId}`))?.facts).toContainEqual({ label: '账号', value: '生产' });
  expect((await at.office.store.listSubscriptions('111122223333')).map(({ account }) => account)).toEqual([
    '111122223333',
  ]);
});
it('calls one account by each name', () => {
  const accounts = parseServedAccounts({
    ownId: '000000000000',
    roleArns: [PROD, LOST, LOST].join(),
    names: 'main,lost,again',
  });
  expect(accounts.map(({ name }) => name)).toEqual(['main', '111122223333', 'lost']);
});
it('says what to do about a role that it may not take on', async () => {
  expect((await at.say(whole('lost')))?.text).toContain('External ID');
});
it('lists the cases of the accounts that it can ask, and says which it cannot', async () => {
  const review = await at.say(whole('prod'));
  await at.say(review?.buttons?.[0]?.command ?? '');
  const list = await at.say('历史');
  expect(list?.facts?.map(({ label }) => label)).toEqual([expect.stringMatching(/^\d+$/), 'lost']);
  const { displayId } = at.aws.support.engineer.cases()[0] ?? {};
  expect((await at.say(`工单 ${displayId}`))?.facts).toContainEqual({ label: '账号', value: 'prod' });
});
it('gives a bot the accounts, services and severities of its profile, and no others', async () => {
  const bot = { accounts: ['prod'], services: ['aws-lambda'], severities: ['low'] };
  const other = await openTestOffice({ bot, roleArns: [PROD], roleNames: ['prod'] });
  other.aws.trust({ roleArn: PROD, principal: '000000000000', externalId: 'sesame' });
  const form = await other.say('开工单 x');
  const offered = (name: string) =>
    form?.form?.fields.find((field) => field.name === name)?.options?.map(({ value }) => value);
  expect([offered('account'), offered('serviceCode'), offered('severityCode')]).toEqual([
    undefined,
    ['aws-lambda'],
    ['low'],
  ]);
  expect((await other.say('services s3'))?.text).toContain('没有找到');
  await other.close();
});
it('checks everything for an administrator, line by line, with what to do', async () => {
  const report = await at.say('检查配置', { sender: { id: 'boss' } });
  const lines = report?.facts?.map(({ label, value }) => `${label} ${value}`) ?? [];
  expect(report?.severity).toBe('critical');
  expect(lines).toContain('🟢 账号 prod 的 AWS 支持 正常');
  expect(lines.join('\n')).toMatch(/🔴 账号 lost 的 AWS 支持 .*信任策略/);
  expect(JSON.stringify(report)).not.toMatch(/arn:|Exception/);
  expect(at.aws.support.engineer.cases()).toEqual([]);
});
