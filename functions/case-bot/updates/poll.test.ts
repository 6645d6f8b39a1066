import type { ChatApp } from '@casebell/im/bots';
import { refusal } from '../memory-chat.fixture';
import { createTestContext, followCase, OWN_ACCOUNT, REQUEST, type TestContext } from '../test-context.fixture';
import { toCaseReply } from './case-replies';
import { poll } from './poll';

const DAY_MS = 86_400_000;

let t: TestContext;
/** Conversations that refuse every card. */
let closed: Set<string>;
beforeEach(() => {
  [t, closed] = [createTestContext(), new Set()];
  t.chat.beforeSend = (_card, { id }) => {
    if (closed.has(id)) throw refusal({ reason: 'the group was dissolved' });
  };
});
const engineer = () => t.support.engineer;
/** How often AWS Support is called by one poll. */
async function callsOfPoll(): Promise<number> {
  const before = t.support.calls.length;
  await t.poll();
  return t.support.calls.length - before;
}

/** A promise, and what fulfils it. */
function gate(): { isOpen: Promise<void>; open(): void } {
  const waiting: (() => void)[] = [];
  const isOpen = new Promise<void>((resolve) => void waiting.push(resolve));
  return { isOpen, open: () => waiting.forEach((resolve) => void resolve()) };
}

it('a conversation that refuses cards is left alone for an hour, and then gets what it missed', async () => {
  const [gone, fine] = [await followCase(t, 'g1'), await followCase(t, 'g2')];
  closed.add('g1');
  for (const id of [gone, fine]) engineer().answer(id, `给 ${id}`);
  for (let times = 0; times < 5; times += 1) {
    await t.poll();
    t.clock.now += 600_000;
  }
  expect(t.quotes()).toEqual([`给 ${fine}`]);
  expect(
    t.lines.filter((line) => line.includes('dissolved') && line.startsWith('case_update.delivery_failed')),
  ).toHaveLength(1);
  closed.clear();
  t.clock.now += 600_000;
  await t.poll();
  expect(t.quotes()).toEqual([`给 ${fine}`, `给 ${gone}`]);
});
it('a case whose conversation refuses cards moves to where a user asks for it, with what was missed', async () => {
  const id = await followCase(t, 'g1');
  const other = { conversation: { id: 'g2', kind: 'group' as const } };
  expect((await t.say(`关注工单 ${id}`, other))?.title).toContain('另一个会话');
  closed.add('g1');
  engineer().answer(id, '还在吗');
  await t.poll();
  expect((await t.say(`关注工单 ${id}`, other))?.title).toContain('会发到这里');
  await t.poll();
  expect(t.chat.posts.at(-1)).toMatchObject({ card: { quote: '还在吗' }, to: { id: 'g2' } });
});
it('a poll writes nothing about cases in which nothing has happened', async () => {
  const id = await followCase(t, 'g1');
  await t.say(`回复 ${id} 还在等`, { conversation: { id: 'g1', kind: 'group' } });
  await t.poll();
  const before = await t.ctx.store.getSubscription(OWN_ACCOUNT, id);
  t.clock.now += 600_000;
  await t.poll();
  expect(await t.ctx.store.getSubscription(OWN_ACCOUNT, id)).toEqual(before);
});
it.each<[string, (one: TestContext) => unknown]>([
  ['has no bot any more', () => undefined],
  ['is of an account that its bot no longer serves', ({ ctx }) => ({ ...ctx, accounts: { ...ctx.accounts, all: [] } })],
])('a case that %s is logged once an hour, and nothing is delivered', async (_name, contextOf) => {
  engineer().answer(await followCase(t, 'g1'), '有人吗');
  const worker = { ...t.worker, botContext: async () => contextOf(t) as TestContext['ctx'] | undefined };
  for (let times = 0; times < 3; times += 1) await poll(worker);
  expect(t.quotes()).toEqual([]);
  expect(t.lines.filter((line) => line.startsWith('case_event.unknown_bot'))).toHaveLength(1);
});
it('a platform that does not answer does not keep the cases of another bot from being delivered', async () => {
  const [slow, quick] = [await followCase(t, 'g1'), await followCase(t, 'g2')];
  const known = await t.ctx.store.getSubscription(OWN_ACCOUNT, quick);
  if (known) await t.ctx.store.saveSubscription({ ...known, bot: 'slack/main' });
  for (const id of [slow, quick]) engineer().answer(id, id);
  const [released, delivered] = [gate(), gate()];
  const sending = (send: ChatApp['send']) => ({ ...t.ctx, app: { ...t.ctx.app, send } });
  const stuck = sending(() => released.isOpen);
  const working = sending((...args) => t.chat.app.send(...args).then(delivered.open));
  const round = poll({ ...t.worker, botContext: async (bot) => (bot === 'slack/main' ? working : stuck) });
  await delivered.isOpen;
  expect(t.quotes()).toEqual([quick]);
  released.open();
  await round;
});
it('an account that fails is reported by an error once the others are done', async () => {
  const id = await followCase(t, 'g1');
  const lost = { ...t.client, listOpenCases: () => Promise.reject(new Error('no such role')) };
  const supportClients = new Map([['999988887777', lost], ...t.worker.supportClients]);
  const known = await t.ctx.store.getSubscription(OWN_ACCOUNT, id);
  if (known) await t.ctx.store.createSubscription({ ...known, account: '999988887777', displayId: '1' });
  engineer().answer(id, '一');
  await expect(poll({ ...t.worker, supportClients })).rejects.toThrow('999988887777');
  expect(t.quotes()).toEqual(['一']);
});
it('a resolved case is polled for two weeks: late replies and a reopening are delivered without an event', async () => {
  const id = await followCase(t, 'g1');
  engineer().resolve(id);
  await t.poll();
  t.clock.now += 3 * DAY_MS;
  engineer().answer(id, '补充说明');
  await t.poll();
  expect(t.quotes()).toEqual(['g1', '补充说明']);
  engineer().reopen(id);
  await t.poll();
  expect(t.chat.posts.at(-1)?.card.title).toContain('已重新打开');
  engineer().resolve(id);
  await t.poll();
  t.clock.now += 15 * DAY_MS;
  expect(await callsOfPoll()).toBe(1);
});
it('a case that AWS does not have any more keeps no other from being delivered, and is soon not asked for', async () => {
  const ids = [await followCase(t, 'g1'), await followCase(t, 'g2'), await followCase(t, 'g3')];
  await t.ctx.store.createSubscription({
    ...{
      account: OWN_ACCOUNT,
      caseId: 'case-111122223333-muzh-2024-0123456789abcdef',
      displayId: '1',
      status: 'opened',
    },
    ...{ bot: 'dingtalk/main', conversation: { id: 'g0', kind: 'group' }, watermark: t.clock.now, delivered: [] },
  });
  for (const id of ids) {
    engineer().answer(id, id);
    engineer().resolve(id);
  }
  await t.poll();
  expect(t.quotes()).toEqual(expect.arrayContaining(ids));
  t.clock.now += 2 * DAY_MS;
  await t.poll();
  expect(await callsOfPoll()).toBe(2);
  t.clock.now += 14 * DAY_MS;
  expect(await callsOfPoll()).toBe(1);
});
it('a poll calls an account once where one of its cases has changed', async () => {
  engineer().answer(await followCase(t, 'g1'), '一');
  expect(await callsOfPoll()).toBe(1);
});
it('a poll takes at most twelve calls for 200 open cases of which 5 have changed, and 100 that were resolved', async () => {
  for (let number = 0; number < 300; number += 1) await t.client.createCase({ ...REQUEST, subject: `${number}` });
  for (const { caseId, displayId, latest } of await t.client.listOpenCases()) {
    const delivered = latest.map(toCaseReply).map(({ id, sentAt }) => ({ id, time: sentAt }));
    await t.ctx.store.createSubscription({
      ...{ account: OWN_ACCOUNT, bot: 'dingtalk/main', conversation: { id: 'g1', kind: 'group' } },
      ...{ caseId, displayId, status: 'opened', watermark: t.clock.now, delivered },
    });
  }
  t.clock.now += 60_000;
  const ids = engineer()
    .cases()
    .map(({ displayId }) => displayId);
  for (const id of ids.slice(200)) engineer().resolve(id);
  await t.poll();
  t.chat.posts.length = 0;
  for (const id of ids.slice(0, 5)) engineer().answer(id, id);
  expect(await callsOfPoll()).toBeLessThanOrEqual(12);
  expect(t.quotes().sort()).toEqual(ids.slice(0, 5).sort());
});
