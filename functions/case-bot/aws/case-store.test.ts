import { LEASE_MS } from '../domain/case-store';
import { openTestOffice, type TestOffice } from '../test-office.fixture';

let at: TestOffice;
beforeAll(async () => {
  at = await openTestOffice();
});
afterAll(() => at.close());

const CARD = { title: '好', severity: 'info' } as const;
const record = (reference: string) => ({
  reference,
  bot: 'dingtalk/main',
  account: 'main',
  request: {
    subject: 's',
    body: 'b',
    serviceCode: 'x',
    categoryCode: 'y',
    severityCode: 'low',
    issueType: 'technical',
    cc: [],
  },
  overflow: [],
  opener: { id: 'u1' },
  requestedIn: { id: 'cid1', kind: 'group' as const },
  createdAt: 1,
  overflowSent: 0,
});

it('gives a message to one of many that ask at the same time', async () => {
  const claims = await Promise.all(Array.from({ length: 10 }, () => at.office.store.claimMessage('race')));
  expect(claims.map(({ state }) => state).sort()).toEqual([...Array.from({ length: 9 }, () => 'busy'), 'new']);
});
it('gives it to another when the one who was at it has died, with what was going to be answered', async () => {
  const { store } = at.office;
  await store.claimMessage('died');
  expect((await store.claimMessage('died')).state).toBe('busy');
  at.clock.now += LEASE_MS;
  expect(await store.claimMessage('died')).toEqual({ state: 'resumed', response: undefined });
  await store.saveResponse('died', CARD);
  at.clock.now += LEASE_MS;
  const claims = await Promise.all([store.claimMessage('died'), store.claimMessage('died')]);
  expect(claims).toEqual(expect.arrayContaining([{ state: 'resumed', response: CARD }, { state: 'busy' }]));
  await store.completeMessage('died');
  at.clock.now += LEASE_MS;
  expect(await store.claimMessage('died')).toEqual({ state: 'done' });
});
it('keeps the first of two records with one reference', async () => {
  const { store } = at.office;
  const [one, other] = await Promise.all([
    store.createRecord(record('CB-1')),
    store.createRecord({ ...record('CB-1'), account: 'x' }),
  ]);
  expect(one).toEqual(other);
});
it('does not let one who read earlier overwrite what was written since', async () => {
  const { store } = at.office;
  const read = await store.createRecord(record('CB-2'));
  await store.saveRecord({ ...read, caseId: 'case-1', displayId: '987654321' });
  await expect(store.saveRecord({ ...read, caseId: 'case-2' })).rejects.toThrow('changed by another worker');
  expect((await store.getRecordByDisplayId('987654321'))?.caseId).toBe('case-1');
});
it('knows a case by its place, and a thread from its channel', async () => {
  const { store } = at.office;
  const home = { account: 'main', caseId: 'case-3', displayId: '333333333' };
  await store.linkConversation({ ...home, bot: 'dingtalk/main' }, { id: 'C1', kind: 'group', thread: '1.2' });
  expect(await store.getCaseInConversation('dingtalk/main', { id: 'C1', kind: 'group', thread: '1.2' })).toEqual(home);
  expect(await store.getCaseInConversation('dingtalk/main', { id: 'C1', kind: 'group' })).toBeUndefined();
  expect(await store.getCaseInConversation('slack/main', { id: 'C1', kind: 'group', thread: '1.2' })).toBeUndefined();
});
it('keeps a draft apart by person, conversation and bot', async () => {
  const { store } = at.office;
  const said = (conversation: string, person: string) => ({
    conversation: { id: conversation, kind: 'group' as const },
    sender: { id: person },
  });
  await store.saveDraft('a/main', said('c1', 'u1'), { reference: 'CB-9', values: { subject: '问' } });
  expect(await store.getDraft('a/main', said('c1', 'u1'))).toEqual({ reference: 'CB-9', values: { subject: '问' } });
  for (const [bot, conversation, person] of [
    ['b/main', 'c1', 'u1'],
    ['a/main', 'c2', 'u1'],
    ['a/main', 'c1', 'u2'],
  ] as const)
    expect(await store.getDraft(bot, said(conversation, person))).toBeUndefined();
});
