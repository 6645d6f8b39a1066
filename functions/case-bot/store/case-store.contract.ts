import type { Conversation } from '@casebell/im/bots';
import { type CaseRecord, type CaseStore, LEASE_MS } from '../domain/case-store';
import type { CaseSubscription } from '../domain/case-subscription';

/** A store whose clock a test moves. */
export interface OpenedStore {
  store: CaseStore;
  /** ms since 1970. */
  clock: { now: number };
  /** Deletes what has expired by now. */
  expire(): Promise<unknown>;
  close(): Promise<unknown>;
}

const DAY_MS = 86_400_000;
const BOT = 'dingtalk/main';
const CARD = { title: '好', severity: 'info' } as const;
const record = (reference: string): CaseRecord => ({
  reference,
  bot: BOT,
  account: 'main',
  request: {
    ...{ subject: 's', body: 'b', issueType: 'technical', cc: [] },
    ...{ serviceCode: 'x', categoryCode: 'y', severityCode: 'low' },
  },
  overflow: [],
  opener: { id: 'u1' },
  requestedIn: { id: 'cid1', kind: 'group' },
  createdAt: 1,
  overflowSent: 0,
});
const subscription = (displayId: string, account = 'main'): CaseSubscription => ({
  ...{ account, displayId, caseId: `case-${displayId}`, bot: BOT, status: 'opened', watermark: 0, delivered: [] },
  conversation: { id: 'cid1', kind: 'group' },
});
const group = (id: string, thread?: string): Conversation => ({ id, kind: 'group', ...(thread && { thread }) });
const owner = (conversation: string, person: string) => ({ conversation: group(conversation), sender: { id: person } });

/** What every case store keeps. Each test uses names that no other test uses. */
export function caseStoreContract(name: string, open: () => Promise<OpenedStore>): void {
  describe(name, () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close());
    itClaimsMessages(() => opened);
    itKeepsRecords(() => opened);
    itKeepsSubscriptions(() => opened);
    itKeepsOrigins(() => opened);
    itKeepsPeopleAndNotes(() => opened);
  });
}

function itClaimsMessages(opened: () => OpenedStore) {
  const states = async (message: string, times: number) => {
    const claims = Array.from({ length: times }, () => opened().store.claimMessage(message));
    return (await Promise.all(claims)).map(({ state }) => state).sort();
  };

  it('claimMessage() gives a message to one of ten workers that claim it at the same time', async () => {
    expect(await states('race', 10)).toEqual([...Array.from({ length: 9 }, () => 'busy'), 'new']);
  });
  it('claimMessage() gives a message to one other worker when its lease is over, with the saved response', async () => {
    const { store, clock } = opened();
    await store.claimMessage('died');
    clock.now += LEASE_MS - 1;
    expect((await store.claimMessage('died')).state).toBe('busy');
    clock.now += 1;
    expect(await store.claimMessage('died')).toEqual({ state: 'resumed', response: undefined });
    await store.saveResponse('died', CARD);
    clock.now += LEASE_MS;
    const claims = await Promise.all([store.claimMessage('died'), store.claimMessage('died')]);
    expect(claims).toEqual(expect.arrayContaining([{ state: 'resumed', response: CARD }, { state: 'busy' }]));
  });
  it('releaseMessage() ends the lease at once and keeps the response', async () => {
    const { store } = opened();
    await store.claimMessage('failed');
    await store.saveResponse('failed', CARD);
    await store.releaseMessage('failed');
    expect(await store.claimMessage('failed')).toEqual({ state: 'resumed', response: CARD });
  });
  it('completeMessage() ends a message for good, until its claim expires', async () => {
    const { store, clock, expire } = opened();
    await store.claimMessage('done');
    await store.completeMessage('done');
    clock.now += LEASE_MS;
    expect(await store.claimMessage('done')).toEqual({ state: 'done' });
    clock.now += 3 * DAY_MS;
    await expire();
    expect(await store.claimMessage('done')).toEqual({ state: 'new' });
  });
}

function itKeepsRecords(opened: () => OpenedStore) {
  it('createRecord() keeps the first of two records with one reference', async () => {
    const { store } = opened();
    const created = [record('CB-1'), { ...record('CB-1'), account: 'x' }].map((one) => store.createRecord(one));
    const [one, other] = await Promise.all(created);
    expect(one).toEqual(other);
    expect(await store.getRecord('CB-1')).toEqual(one);
  });
  it('saveRecord() rejects a record that was changed since it was read', async () => {
    const { store } = opened();
    const read = await store.createRecord(record('CB-2'));
    const saved = await store.saveRecord({ ...read, caseId: 'case-1', displayId: '987654321' });
    await expect(store.saveRecord({ ...read, caseId: 'case-2' })).rejects.toThrow(/CB-2/);
    expect(await store.getRecordByDisplayId('987654321')).toEqual(saved);
    expect(await store.getRecordByDisplayId('1')).toBeUndefined();
  });
  it('getCaseInConversation() distinguishes a thread from its channel, and bots', async () => {
    const { store } = opened();
    const found = { account: 'main', caseId: 'case-3', displayId: '333333333' };
    await store.linkConversation({ ...found, bot: BOT }, group('C1', '1.2'));
    expect(await store.getCaseInConversation(BOT, group('C1', '1.2'))).toEqual(found);
    expect(await store.getCaseInConversation(BOT, group('C1'))).toBeUndefined();
    expect(await store.getCaseInConversation('slack/main', group('C1', '1.2'))).toBeUndefined();
  });
}

function itKeepsSubscriptions(opened: () => OpenedStore) {
  it('createSubscription() keeps the subscription that is there', async () => {
    const { store } = opened();
    const first = await store.createSubscription(subscription('11'));
    expect(await store.createSubscription({ ...subscription('11'), status: 'resolved' })).toEqual(first);
    expect(await store.getSubscription('main', '11')).toEqual(first);
    expect(await store.getSubscription('other', '11')).toBeUndefined();
  });
  it('saveSubscription() saves one of two that were read at the same time', async () => {
    const { store } = opened();
    const read = await store.createSubscription(subscription('12'));
    const both = [1, 2].map((watermark) => store.saveSubscription({ ...read, watermark }));
    const saved = (await Promise.all(both)).filter(Boolean);
    expect(saved).toHaveLength(1);
    expect(await store.getSubscription('main', '12')).toEqual(saved[0]);
  });
  it('saveSubscription() creates none where version 0 is given and one is there', async () => {
    const { store } = opened();
    expect(await store.saveSubscription({ ...subscription('13'), version: 0 })).toBeDefined();
    expect(await store.saveSubscription({ ...subscription('13'), version: 0 })).toBeUndefined();
  });
  it('listSubscriptions() lists those of one account', async () => {
    const { store } = opened();
    for (const displayId of ['21', '22']) await store.createSubscription(subscription(displayId, 'many'));
    await store.createSubscription(subscription('21', 'few'));
    expect((await store.listSubscriptions('many')).map(({ displayId }) => displayId)).toEqual(['21', '22']);
  });
  it('a subscription expires three months after its case was resolved, and not while it is open', async () => {
    const { store, clock, expire } = opened();
    const [resolved, open] = [subscription('31', 'ages'), subscription('32', 'ages')];
    for (const one of [resolved, open]) await store.createSubscription(one);
    const read = await store.getSubscription('ages', '31');
    if (read) await store.saveSubscription({ ...read, status: 'resolved' });
    clock.now += 91 * DAY_MS;
    await expire();
    expect((await store.listSubscriptions('ages')).map(({ displayId }) => displayId)).toEqual(['32']);
  });
}

function itKeepsOrigins(opened: () => OpenedStore) {
  it('watchStartedAt() is when it was first called, for each account and bot', async () => {
    const { store, clock } = opened();
    const began = clock.now;
    expect(await store.watchStartedAt('main', BOT)).toBe(began);
    clock.now += 1_000;
    expect(await store.watchStartedAt('main', BOT)).toBe(began);
    expect(await store.watchStartedAt('main', 'slack/main')).toBe(began + 1_000);
  });
  it('getOrigin() knows where a communication was typed', async () => {
    const { store } = opened();
    await store.saveOrigin('M-1', 'dingtalk/main/cid1');
    expect([await store.getOrigin('M-1'), await store.getOrigin('M-2')]).toEqual(['dingtalk/main/cid1', undefined]);
  });
}

function itKeepsPeopleAndNotes(opened: () => OpenedStore) {
  it('getDraft() keeps drafts apart by person, conversation and bot', async () => {
    const { store } = opened();
    const draft = { reference: 'CB-9', values: { subject: '问' } };
    await store.saveDraft('a/main', owner('c1', 'u1'), draft);
    expect(await store.getDraft('a/main', owner('c1', 'u1'))).toEqual(draft);
    for (const [bot, conversation, person] of [
      ['b/main', 'c1', 'u1'],
      ['a/main', 'c2', 'u1'],
      ['a/main', 'c1', 'u2'],
    ] as const)
      expect(await store.getDraft(bot, owner(conversation, person))).toBeUndefined();
    await store.deleteDraft('a/main', owner('c1', 'u1'));
    expect(await store.getDraft('a/main', owner('c1', 'u1'))).toBeUndefined();
  });
  it('getNote() gives a note back until it is deleted, or three days old', async () => {
    const { store, clock, expire } = opened();
    for (const key of ['deleted', 'old']) await store.saveNote(key, { 0: { setId: 'as-1' } });
    expect(await store.getNote('old')).toEqual({ 0: { setId: 'as-1' } });
    await store.deleteNote('deleted');
    expect(await store.getNote('deleted')).toBeUndefined();
    clock.now += 3 * DAY_MS;
    await expire();
    expect(await store.getNote('old')).toBeUndefined();
  });
  it('getRights() has the people with their roles, and whether the list is on', async () => {
    const { store } = opened();
    expect(await store.getRights('a/rights')).toEqual({ isAllowListOn: false, people: new Map() });
    await store.grantRole('a/rights', { id: 'u1', name: '李雷' }, 'member');
    await store.grantRole('a/rights', { id: 'u2' }, 'admin');
    await store.grantRole('b/rights', { id: 'u3' }, 'admin');
    await store.revokeRole('a/rights', 'u1');
    await store.setAllowList('a/rights', true);
    const { isAllowListOn, people } = await store.getRights('a/rights');
    expect([isAllowListOn, [...people]]).toEqual([true, [['u2', { role: 'admin' }]]]);
    await store.setAllowList('a/rights', false);
    expect((await store.getRights('a/rights')).isAllowListOn).toBe(false);
  });
  it('addAuditEntry() takes an entry twice', async () => {
    const entry = { bot: BOT, message: 'm1', who: { id: 'u1' }, where: 'cid1', when: 1, what: 'reply', result: 'done' };
    for (const _ of [1, 2]) await expect(opened().store.addAuditEntry(entry)).resolves.toBeUndefined();
  });
}
