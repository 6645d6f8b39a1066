import type { FileContent } from '@casebell/im/bots';
import type { CaseRequest, SupportClient } from '../../domain/support-client';
import type { SupportEngineer } from './memory-cases';
import type { SupportControls } from './memory-support';

/** AWS Support of one account, and what a test changes about it. */
export interface OpenedSupport {
  client: SupportClient;
  /** The client of an account whose role cannot be assumed. */
  withoutRole: SupportClient;
  engineer: SupportEngineer;
  /** ms since 1970. */
  clock: { now: number };
  subscribe(plan: NonNullable<SupportControls['plans'][string]>): void;
  /** Denies these operations; without operations allows all again. */
  deny(...operations: string[]): void;
  lag(ms: number): void;
  limitCasesPerHour(count: number): void;
  fail(fault: SupportControls['fault']): Promise<unknown>;
  /** How often an operation was called. */
  countCalls(operation: string): Promise<number>;
  close(): Promise<unknown>;
}

const MB = 2 ** 20;
const REQUEST: CaseRequest = {
  ...{ subject: '连不上', body: '实例 i-0123', issueType: 'technical', cc: ['ops@example.com'] },
  ...{ serviceCode: 'aws-lambda', categoryCode: 'general-guidance', severityCode: 'low', language: 'zh' },
};

async function* bytesOf(size: number): AsyncIterable<Uint8Array> {
  for (let left = size; left > 0; left -= MB) yield new Uint8Array(Math.min(left, MB)).fill(7);
}
const file = (name: string, size = 3): FileContent & { size: number } => ({ name, size, bytes: bytesOf(size) });

/** What every client of AWS Support keeps. */
export function supportClientContract(name: string, open: () => Promise<OpenedSupport>): void {
  describe(name, () => {
    let opened: OpenedSupport;
    beforeAll(async () => {
      opened = await open();
    });
    beforeEach(() => {
      opened.clock.now += 3_600_000;
    });
    afterAll(() => opened.close());
    itOpensCases(() => opened);
    itReadsCases(() => opened);
    itReadsCommunications(() => opened);
    itCorresponds(() => opened);
    itTakesFiles(() => opened);
    itFails(() => opened);
  });
}

function itOpensCases(opened: () => OpenedSupport) {
  it('createCase() opens a case that is found by its id and by its number', async () => {
    const { client, clock } = opened();
    const caseId = await client.createCase(REQUEST);
    const found = await client.findCase({ caseId });
    expect(found).toMatchObject({
      ...{ caseId, subject: REQUEST.subject, status: 'unassigned', serviceCode: 'aws-lambda', severityCode: 'low' },
      ...{ time: new Date(clock.now).toISOString(), latest: [{ body: REQUEST.body, attachments: [] }] },
    });
    expect(found?.displayId).toMatch(/^\d{9,}$/);
    expect(await client.findCase({ displayId: found?.displayId ?? '' })).toEqual(found);
    expect(await client.findCase({ displayId: '123456789' })).toBeUndefined();
    expect(await client.findCase({ caseId: 'case-111122223333-muzh-2024-0123456789abcdef' })).toBeUndefined();
  });
  it.each<[string, Partial<CaseRequest>]>([
    ['no body', { body: '' }],
    ['a body of 8,001 characters', { body: 'x'.repeat(8_001) }],
    ['an unknown service', { serviceCode: 'mainframe' }],
    ['a category of no service', { categoryCode: 'invented' }],
    ['a severity that its plan does not have', { severityCode: 'critical' }],
    ['eleven addresses', { cc: Array.from({ length: 11 }, (_, index) => `${index}@example.com`) }],
  ])('createCase() refuses a request with %s', async (_name, wrong) => {
    const { client, engineer } = opened();
    const before = engineer.cases().length;
    const error = { kind: 'invalid', isOutcomeUnknown: false };
    await expect(client.createCase({ ...REQUEST, ...wrong })).rejects.toMatchObject(error);
    expect(engineer.cases()).toHaveLength(before);
  });
  it('createCase() refuses more cases within an hour than the account may open', async () => {
    const { client, clock, limitCasesPerHour } = opened();
    limitCasesPerHour(1);
    await client.createCase(REQUEST);
    await expect(client.createCase(REQUEST)).rejects.toMatchObject({ kind: 'too-many-cases' });
    clock.now += 3_600_000;
    await client.createCase(REQUEST);
    limitCasesPerHour(Number.POSITIVE_INFINITY);
  });
  it('listSeverities() has those of the plan, listServices() and listLanguages() what a case is opened with', async () => {
    const { client } = opened();
    expect((await client.listSeverities()).map(({ code }) => code)).toEqual(['low', 'normal', 'high', 'urgent']);
    expect(await client.listServices()).toContainEqual({
      ...{ code: 'aws-lambda', name: 'Lambda' },
      categories: expect.arrayContaining([{ code: 'general-guidance', name: 'General Guidance' }]),
    });
    expect(await client.listLanguages(REQUEST)).toEqual(expect.arrayContaining(['en', 'zh']));
    expect(client.canChooseLanguage).toBe(true);
  });
}

function itReadsCases(opened: () => OpenedSupport) {
  it('listCases() and listOpenCases() list the newest first; only the first lists resolved cases', async () => {
    const { client, clock } = opened();
    const began = clock.now;
    const ids = [await client.createCase(REQUEST)];
    clock.now += 1_000;
    ids.push(await client.createCase(REQUEST));
    await client.resolveCase(ids[0] ?? '');
    expect((await client.listCases(began)).map(({ caseId }) => caseId)).toEqual([...ids].reverse());
    expect((await client.listCases(clock.now)).map(({ caseId }) => caseId)).toEqual(ids.slice(1));
    const open = (await client.listOpenCases()).map(({ caseId }) => caseId);
    expect([open[0], open.includes(ids[0] ?? '')]).toEqual([ids[1], false]);
  });
  it('findCases() finds resolved cases too, and leaves out those that AWS does not have', async () => {
    const { client } = opened();
    const ids = [await client.createCase(REQUEST), await client.createCase(REQUEST)];
    await client.resolveCase(ids[0] ?? '');
    const found = await client.findCases([...ids, 'case-111122223333-muzh-2024-0123456789abcdef']);
    expect(found.map(({ caseId }) => caseId).sort()).toEqual([...ids].sort());
  });
}

function itReadsCommunications(opened: () => OpenedSupport) {
  it('listCommunications() lists the newest first from a time on, a call for each hundred', async () => {
    const { client, clock, engineer, countCalls } = opened();
    const caseId = await client.createCase(REQUEST);
    clock.now += 1_000;
    const answers = Array.from({ length: 101 }, (_, index) => `${index}`);
    for (const answer of answers) engineer.answer(caseId, answer);
    const before = await countCalls('DescribeCommunications');
    const all = await client.listCommunications(caseId);
    expect(await countCalls('DescribeCommunications')).toBe(before + 2);
    expect(all.map(({ body }) => body)).toEqual([...answers].reverse().concat(REQUEST.body));
    expect(all[0]).toMatchObject({ submittedBy: 'Amazon Web Services', time: new Date(clock.now).toISOString() });
    expect(await client.listCommunications(caseId, clock.now)).toHaveLength(101);
    expect((await client.findCase({ caseId }))?.latest.map(({ body }) => body)).toEqual(answers.slice(-5).reverse());
  });
  it('nothing that was written is visible before the lag is over', async () => {
    const { client, clock, engineer, lag } = opened();
    const old = await client.createCase(REQUEST);
    clock.now += 60_000;
    lag(30_000);
    engineer.answer(old, '迟到的');
    const late = await client.createCase(REQUEST);
    const visible = async () => [
      (await client.listCommunications(old)).length,
      (await client.findCase({ caseId: late }))?.caseId,
    ];
    expect(await visible()).toEqual([1, undefined]);
    clock.now += 30_000;
    expect(await visible()).toEqual([2, late]);
    lag(0);
  });
}

function itCorresponds(opened: () => OpenedSupport) {
  const statusOf = async (caseId: string) => (await opened().client.findCase({ caseId }))?.status;

  it('addCommunication() and answers of AWS change the status; a communication reopens a resolved case', async () => {
    const { client, engineer } = opened();
    const caseId = await client.createCase(REQUEST);
    engineer.answer(caseId, 'Which Region?');
    expect(await statusOf(caseId)).toBe('work-in-progress');
    engineer.pend(caseId);
    expect(await statusOf(caseId)).toBe('pending-customer-action');
    await client.addCommunication(caseId, 'cn-north-1');
    expect(await statusOf(caseId)).toBe('customer-action-completed');
    await client.resolveCase(caseId);
    expect(await statusOf(caseId)).toBe('resolved');
    await client.addCommunication(caseId, '还是不行');
    expect(await statusOf(caseId)).toBe('reopened');
  });
  it('addCommunication() takes 8,000 characters, and refuses none and 8,001', async () => {
    const { client } = opened();
    const caseId = await client.createCase(REQUEST);
    await client.addCommunication(caseId, '字'.repeat(8_000));
    for (const body of ['', '字'.repeat(8_001)])
      await expect(client.addCommunication(caseId, body)).rejects.toMatchObject({ kind: 'invalid' });
  });
  it('an unknown case is refused as not found', async () => {
    const { client } = opened();
    const caseId = 'case-111122223333-muzh-2024-0123456789abcdef';
    const calls = [client.addCommunication(caseId, 'x'), client.resolveCase(caseId), client.listCommunications(caseId)];
    for (const call of calls) await expect(call).rejects.toMatchObject({ kind: 'not-found', isOutcomeUnknown: false });
  });
}

function itTakesFiles(opened: () => OpenedSupport) {
  const filesOf = async (caseId: string) => (await opened().client.listCommunications(caseId))[0]?.attachments ?? [];

  it('uploadAttachment() collects three small files in a set, which is attached and downloaded again', async () => {
    const { client } = opened();
    const caseId = await client.createCase(REQUEST);
    const set = await client.uploadAttachment(file('日志.log'));
    const setId = 'setId' in set ? set.setId : undefined;
    for (const name of ['b.txt', 'c.txt'])
      expect(await client.uploadAttachment(file(name, 5 * MB), setId)).toEqual({ setId });
    await expect(client.uploadAttachment(file('d.txt'), setId)).rejects.toMatchObject({ kind: 'file-too-large' });
    expect(await client.isAttachmentReady(set)).toBe(true);
    await client.addCommunication(caseId, '见附件', [set, set, set]);
    const files = await filesOf(caseId);
    expect(files.map(({ name }) => name)).toEqual(['日志.log', 'b.txt', 'c.txt']);
    const { name, size, bytes } = await client.downloadAttachment(files[0]?.id ?? '');
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    expect([name, size, [...Buffer.concat(chunks)]]).toEqual(['日志.log', 3, [7, 7, 7]]);
  });
  it('a set is gone after an hour', async () => {
    const { client, clock } = opened();
    const caseId = await client.createCase(REQUEST);
    const set = await client.uploadAttachment(file('a.txt'));
    clock.now += 3_600_000;
    await expect(client.addCommunication(caseId, 'x', [set])).rejects.toMatchObject({ kind: 'file-expired' });
    await expect(client.uploadAttachment(file('b.txt'), 'as-unknown')).rejects.toMatchObject({ kind: 'file-expired' });
    await expect(client.downloadAttachment('attachment-unknown')).rejects.toMatchObject({ kind: 'file-expired' });
  });
  it('a file over 5 MB is uploaded in parts, and attached only when AWS has checked it', async () => {
    const { client, clock, lag } = opened();
    const caseId = await client.createCase(REQUEST);
    clock.now += 60_000;
    lag(20_000);
    const upload = await client.uploadAttachment(file('big.log', 12 * MB + 1));
    expect('uploadId' in upload).toBe(true);
    expect(await client.isAttachmentReady(upload)).toBe(false);
    await expect(client.addCommunication(caseId, 'x', [upload])).rejects.toMatchObject({ kind: 'invalid' });
    clock.now += 20_000;
    lag(0);
    expect(await client.isAttachmentReady(upload)).toBe(true);
    await client.addCommunication(caseId, '大文件', [upload]);
    expect((await filesOf(caseId)).map(({ name }) => name)).toEqual(['big.log']);
  });
}

function itFails(opened: () => OpenedSupport) {
  it('an account without a plan, a denied operation and a role that cannot be assumed are different errors', async () => {
    const { client, withoutRole, subscribe, deny } = opened();
    subscribe('none');
    await expect(client.listOpenCases()).rejects.toMatchObject({ kind: 'no-plan', isOutcomeUnknown: false });
    await expect(client.checkPermission()).rejects.toMatchObject({ kind: 'no-plan' });
    subscribe('business');
    deny('CreateCase');
    await expect(client.createCase(REQUEST)).rejects.toMatchObject({ kind: 'denied', isOutcomeUnknown: false });
    await expect(client.checkPermission()).rejects.toMatchObject({ kind: 'denied' });
    deny();
    await expect(withoutRole.listOpenCases()).rejects.toMatchObject({ kind: 'role' });
  });
  it('checkPermission() opens no case', async () => {
    const { client, engineer } = opened();
    const before = engineer.cases().length;
    await client.checkPermission();
    expect(engineer.cases()).toHaveLength(before);
  });
  it('a throttled call has done nothing', async () => {
    const { client, fail } = opened();
    const caseId = await client.createCase(REQUEST);
    await fail({ kind: 'throttle', operation: 'ResolveCase' });
    await expect(client.resolveCase(caseId)).rejects.toMatchObject({ kind: 'throttled', isOutcomeUnknown: false });
    await fail(undefined);
    expect((await client.findCase({ caseId }))?.status).toBe('unassigned');
  });
  it('an error of AWS, and an answer that is lost, leave the outcome unknown; createCase() is not retried', async () => {
    const { client, engineer, fail } = opened();
    const before = engineer.cases().length;
    for (const [kind, opens] of [
      ['error', 0],
      ['lost', 1],
    ] as const) {
      await fail({ kind, operation: 'CreateCase', times: 1 });
      await expect(client.createCase(REQUEST)).rejects.toMatchObject({ kind: 'unreachable', isOutcomeUnknown: true });
      expect(engineer.cases()).toHaveLength(before + opens);
    }
    await fail(undefined);
  });
}
