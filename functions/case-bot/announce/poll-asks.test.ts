import type { CaseSubscription } from '../domain/case-subscription';
import { openTestOffice, type TestOffice } from '../test-office.fixture';
import { toCaseReply } from '../updates/case-replies';
import { poll } from '../updates/poll';
import { followed, REQUEST } from './followed-case.fixture';

let at: TestOffice;
beforeEach(async () => {
  at = await openTestOffice();
});
afterEach(() => at.close());

const engineer = () => at.aws.support.engineer;
const quotes = () => at.spoken.map(({ card }) => card.quote);

async function calls(kind: RegExp): Promise<number> {
  const { requests } = await at.aws.usage();
  return Object.entries(requests).reduce((sum, [name, count]) => sum + (kind.test(name) ? count : 0), 0);
}
async function callsOf(act: () => Promise<unknown>, kind = /^support\.DescribeCases$/): Promise<number> {
  const before = await calls(kind);
  await act();
  return (await calls(kind)) - before;
}

it('tells of the others when AWS does not have one of the cases any more, and soon asks for that one no longer', async () => {
  const ids = [await followed('g1', at), await followed('g2', at), await followed('g3', at)];
  const lost: CaseSubscription = {
    account: at.aws.account,
    caseId: 'case-111122223333-muzh-2024-0123456789abcdef',
    displayId: '1',
    bot: 'dingtalk/main',
    conversation: { id: 'g0', kind: 'group' },
    status: 'opened',
    watermark: at.clock.now,
    delivered: [],
  };
  await at.office.store.createSubscription(lost);
  for (const id of ids) {
    engineer().answer(id, id);
    engineer().resolve(id);
  }
  await poll(at.bureau);
  expect(quotes()).toEqual(expect.arrayContaining(ids));
  at.clock.now += 2 * 86_400_000;
  await poll(at.bureau);
  expect(await callsOf(() => poll(at.bureau))).toBe(2);
  at.clock.now += 14 * 86_400_000;
  expect(await callsOf(() => poll(at.bureau))).toBe(1);
});
it('tells what AWS writes in a case that was resolved lately, and that it is reopened, without an event', async () => {
  const id = await followed('g1', at);
  engineer().resolve(id);
  await poll(at.bureau);
  at.clock.now += 3 * 86_400_000;
  engineer().answer(id, '补充说明');
  await poll(at.bureau);
  await poll(at.bureau);
  expect(quotes()).toEqual(['g1', '补充说明']);
  engineer().reopen(id);
  await poll(at.bureau);
  expect(at.spoken.at(-1)?.card.title).toContain('已重新打开');
  engineer().resolve(id);
  await poll(at.bureau);
  at.clock.now += 15 * 86_400_000;
  expect(await callsOf(() => poll(at.bureau))).toBe(1);
});
it('takes at most twelve calls for 200 open cases of which 5 have changed, and 100 that were resolved lately', async () => {
  at.aws.support.set({ casesPerHour: Number.POSITIVE_INFINITY });
  for (let number = 0; number < 300; number += 1) await at.desk.createCase({ ...REQUEST, subject: `${number}` });
  const told = { account: at.aws.account, bot: 'dingtalk/main', conversation: { id: 'g1', kind: 'group' } } as const;
  for (const { caseId, displayId, latest } of await at.desk.listOpenCases()) {
    const had = latest.map(toCaseReply).map(({ id, sentAt: time }) => ({ id, time }));
    await at.office.store.createSubscription({
      ...told,
      caseId,
      displayId,
      status: 'opened',
      watermark: at.clock.now,
      delivered: had,
    });
  }
  at.clock.now += 60_000;
  const ids = engineer()
    .cases()
    .map(({ displayId }) => displayId);
  for (const id of ids.slice(200)) engineer().resolve(id);
  await poll(at.bureau);
  for (const id of ids.slice(0, 5)) engineer().answer(id, `给 ${id}`);
  expect(await callsOf(() => poll(at.bureau), /^support\./)).toBeLessThanOrEqual(12);
  expect(quotes().filter(Boolean).slice(-5).sort()).toEqual(
    ids
      .slice(0, 5)
      .map((id) => `给 ${id}`)
      .sort(),
  );
}, 60_000);
it('asks an account once, whatever has changed in one of its cases', async () => {
  const id = await followed('g1', at);
  engineer().answer(id, '一');
  expect(await callsOf(() => poll(at.bureau), /^support\./)).toBe(1);
});
it('tells in the end that an account could not be asked, when the others are done', async () => {
  const id = await followed('g1', at);
  const lost = { ...at.desk, listOpenCases: () => Promise.reject(new Error('no such role')) };
  const bureau = { ...at.bureau, supportClients: new Map([['999988887777', lost], ...at.bureau.supportClients]) };
  const known = await at.office.store.getSubscription(at.aws.account, id);
  if (known) await at.office.store.createSubscription({ ...known, account: '999988887777', displayId: '1' });
  engineer().answer(id, '一');
  await expect(poll(bureau)).rejects.toThrow('999988887777');
  expect(quotes()).toEqual(['一']);
});
