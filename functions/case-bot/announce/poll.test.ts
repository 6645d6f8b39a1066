import { DeliveryError } from '@casebell/im/bots';
import { openTestOffice, type TestOffice } from '../test-office.fixture';
import { poll } from '../updates/poll';
import { followed } from './followed-case.fixture';

/** What each place does with what is said there; a place that is not named takes it. */
const refusals = new Map<string, DeliveryError>();
let at: TestOffice;
beforeEach(async () => {
  refusals.clear();
  at = await openTestOffice({
    app: {
      async send(card, to) {
        const rejection = refusals.get(to.id);
        if (rejection) throw rejection;
        at.spoken.push({ card, to });
      },
    },
  });
});
afterEach(() => at.close());

const engineer = () => at.aws.support.engineer;
const quotes = () => at.spoken.map(({ card }) => card.quote);

const refuse = (group: string) =>
  refusals.set(group, new DeliveryError('dingtalk', { reason: 'the group was dissolved', retryable: false }));
const complaints = () => at.lines.filter((line) => line.startsWith('poll.not-told'));

it('leaves a place alone for an hour that will not have it, and tells it all there when it will again', async () => {
  const [gone, fine] = [await followed('g1', at), await followed('g2', at)];
  refuse('g1');
  for (const id of [gone, fine]) engineer().answer(id, `给 ${id}`);
  for (let times = 0; times < 5; times += 1) {
    await poll(at.bureau);
    at.clock.now += 600_000;
  }
  expect(quotes()).toEqual([`给 ${fine}`]);
  expect(complaints()).toHaveLength(1);
  refusals.clear();
  at.clock.now += 600_000;
  await poll(at.bureau);
  expect(quotes()).toEqual([`给 ${fine}`, `给 ${gone}`]);
});
it('moves a case whose place is gone to where somebody asks for it, with all that was not told; and no other case', async () => {
  const id = await followed('g1', at);
  const other = { conversation: { id: 'g2', kind: 'group' as const } };
  expect((await at.say(`关注工单 ${id}`, other))?.title).toContain('另一个会话');
  refuse('g1');
  engineer().answer(id, '还在吗');
  await poll(at.bureau);
  expect((await at.say(`关注工单 ${id}`, other))?.title).toContain('会发到这里');
  await poll(at.bureau);
  expect(at.spoken.at(-1)).toMatchObject({ card: { quote: '还在吗' }, to: { id: 'g2' } });
});
it('writes nothing down about cases in which nothing has happened since it looked last', async () => {
  const id = await followed('g1', at);
  await at.say(`回复 ${id} 还在等`, { conversation: { id: 'g1', kind: 'group' } });
  await poll(at.bureau);
  const writes = async () => (await at.aws.usage()).requests['dynamodb.PutItem'];
  const before = await writes();
  at.clock.now += 600_000;
  await poll(at.bureau);
  expect(await writes()).toBe(before);
  expect(before).toBeGreaterThan(0);
});
it.each([
  ['has no bot any more', () => undefined],
  [
    'is of an account that its bot serves no longer',
    () => ({ ...at.office, accounts: { ...at.office.accounts, all: [] } }),
  ],
])('says once in an hour that a case %s, and tells nothing', async (_name, office) => {
  engineer().answer(await followed('g1', at), '有人吗');
  for (let times = 0; times < 3; times += 1) await poll({ ...at.bureau, botContext: async () => office() });
  expect(quotes()).toEqual([]);
  expect(at.lines.filter((line) => line.startsWith('update.without-bot'))).toHaveLength(1);
});
it('says where to read an answer whose text the chat does not take, and goes on with the next', async () => {
  const id = await followed('g1', at);
  const { send } = at.office.app;
  at.office.app.send = async (card, ...rest) => {
    if (card.quote?.includes('敏感')) throw new DeliveryError('x', { reason: 'a sensitive word', retryable: false });
    await send(card, ...rest);
  };
  engineer().answer(id, '敏感');
  at.clock.now += 1_000;
  engineer().answer(id, '下一条');
  await poll(at.bureau);
  expect(quotes()).toEqual([undefined, '下一条']);
  expect(at.spoken[0]?.card).toMatchObject({ title: `AWS 回复了工单 ${id}`, links: [{ label: '打开支持中心' }] });
});
it('does not let a platform that is slow keep the cases of another bot waiting', async () => {
  const [slow = '', quick = ''] = [await followed('g1', at), await followed('g2', at)].sort();
  const known = await at.office.store.getSubscription(at.aws.account, quick);
  if (known) await at.office.store.saveSubscription({ ...known, bot: 'slack/main' });
  for (const id of [slow, quick]) engineer().answer(id, id);
  let open: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  const stuck = { ...at.office, app: { ...at.office.app, send: () => gate } };
  const round = poll({ ...at.bureau, botContext: async (bot) => (bot === 'slack/main' ? at.office : stuck) });
  while (quotes().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(quotes()).toEqual([quick]);
  open();
  await round;
});
