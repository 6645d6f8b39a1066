import type { Card, ChatApp, ChatMessage, Conversation } from '@casebell/im/bots';
import { parseServedAccounts } from '../shared/accounts';
import { createSupportClients } from './aws/support/accounts';
import { handleMessage } from './conversation/handle-message';
import { type Killer, mortal } from './crash.fixture';
import { accountsOf } from './domain/accounts';
import { LEASE_MS } from './domain/case-store';
import type { BotContext } from './domain/context';
import { openTestOffice, type TestOffice } from './test-office.fixture';

let at: TestOffice;
const groups = new Map<string, { id: string; name: string; cards: Card[] }>();
let openings = 0;

/** A platform that opens a group once under one key, as Feishu does. */
const app: Partial<ChatApp> = {
  async createThread({ name, card }, _from, idempotencyKey): Promise<Conversation> {
    openings += 1;
    const group = groups.get(idempotencyKey) ?? { id: `oc_${groups.size}`, name, cards: [card] };
    groups.set(idempotencyKey, group);
    return { id: group.id, kind: 'group' };
  },
};

beforeAll(async () => {
  at = await openTestOffice({ app });
  at.aws.support.set({ casesPerHour: Number.POSITIVE_INFINITY });
});
afterAll(() => at.close());

const LONG = '磁盘满了，日志如下。'.repeat(1_000);
let runs = 0;

const message = (id: string, text: string): ChatMessage => ({
  id,
  text,
  platform: 'feishu',
  conversation: { id: `chat-${runs}`, kind: 'direct' },
  sender: { id: 'u1', name: '李雷' },
  isForBot: true,
  sentAt: at.clock.now,
});

/** One delivery after another of the same message, until one comes through; each begins when the queue shows it again. */
async function deliver(said: ChatMessage, killer: Killer): Promise<number> {
  for (let tries = 1; tries <= 4; tries += 1) {
    const dead = await handleMessage(said, mortalOffice(killer)).then(
      () => false,
      (error) => {
        // What our code has made of its own death is never heard.
        if (!killer.dead) throw error;
        return true;
      },
    );
    if (!dead) return tries;
    at.clock.now += LEASE_MS;
    Object.assign(killer, { at: -1, dead: false });
  }
  throw new Error('It never came through.');
}

function mortalOffice(killer: Killer): BotContext {
  const accounts = parseServedAccounts({ ownId: at.aws.account, roleArns: '', names: '' });
  const settings = { region: 'us-east-1', accounts, externalId: '' };
  const desks = [...createSupportClients(settings, at.office.now, () => undefined)].map(
    ([id, desk]) => [id, mortal(desk, 'aws', killer)] as const,
  );
  return {
    ...at.office,
    app: mortal(at.office.app, 'chat', killer),
    store: mortal(at.office.store, 'store', killer),
    accounts: accountsOf(at.office.bot, accounts, new Map(desks)),
  };
}

const calm = (): Killer => ({ at: -1, when: 'after', calls: [], dead: false });

/** Drafts a case, and gives the press that files it. */
async function draft(body: string): Promise<ChatMessage> {
  runs += 1;
  const text = `提工单\nsubject:第 ${runs} 个\nbody:${body}\nseverityCode:low\nserviceCode:aws-lambda\ncategoryCode:general-guidance`;
  await deliver(message(`draft-${runs}`, text), calm());
  const command = at.spoken.at(-1)?.card.buttons?.[0]?.command ?? '';
  return message(`press-${runs}`, command);
}

const casesCalled = (subject: string) => at.aws.support.engineer.cases().filter((one) => one.subject === subject);
const steps = async (): Promise<string[]> => {
  const killer = calm();
  await deliver(await draft(LONG), killer);
  return killer.calls;
};

it('ends with one case, one group, one record and the whole text, wherever the worker is killed while it files', async () => {
  const calls = await steps();
  expect(calls).toEqual(
    expect.arrayContaining([
      'aws.createCase',
      'aws.addCommunication',
      'chat.createThread',
      'chat.send',
      'store.createRecord',
    ]),
  );
  const kills = calls.flatMap((_, index) => [
    { at: index, when: 'before' } as const,
    { at: index, when: 'after' } as const,
  ]);
  for (const { at: index, when } of kills) {
    const press = await draft(LONG);
    const before = groups.size;
    const tries = await deliver(press, { ...calm(), at: index, when });
    const place = `killed ${when} ${calls[index]} (${index})`;
    const cases = casesCalled(`第 ${runs} 个`);
    const parts = cases[0]?.communications.map(({ body }) => body.slice(0, body.lastIndexOf('\n\n--'))) ?? [];
    const record = await at.office.store.getRecord(/CB-\w+/.exec(press.text)?.[0] ?? '');
    expect({
      place,
      tries,
      cases: cases.length,
      groups: groups.size - before,
      letters: [...parts].sort().join('').length,
    }).toEqual({
      place,
      tries: 2,
      cases: 1,
      groups: 1,
      letters: LONG.length,
    });
    expect(record).toMatchObject({
      caseId: cases[0]?.caseId,
      displayId: cases[0]?.displayId,
      overflowSent: 1,
      conversation: { kind: 'group' },
    });
    expect(
      await at.office.store.getCaseInConversation(
        'dingtalk/main',
        record?.conversation ?? message('', '').conversation,
      ),
    ).toEqual({
      account: at.aws.account,
      caseId: cases[0]?.caseId,
      displayId: cases[0]?.displayId,
    });
  }
  expect(openings).toBeGreaterThan(groups.size);
}, 240_000);

it('sends a reply once, wherever the worker is killed while it replies', async () => {
  await deliver(await draft('短'), calm());
  const [one] = casesCalled(`第 ${runs} 个`);
  const say = (id: string) => message(id, `回复 ${one?.displayId} ${id}`);
  const killer = calm();
  await deliver(say('calm'), killer);
  for (const [index, name] of killer.calls.entries()) {
    for (const when of ['before', 'after'] as const) {
      const id = `reply-${index}-${when}`;
      await deliver(say(id), { ...calm(), at: index, when });
      const [now] = casesCalled(`第 ${runs} 个`);
      const copies = now?.communications.filter(({ body }) => body.startsWith(`${id}\n`)).length;
      expect([name, when, copies]).toEqual([name, when, 1]);
    }
  }
}, 240_000);

it('files none twice when AWS does not say whether it was filed', async () => {
  const press = await draft('答复丢失');
  await at.aws.setFault('support', { kind: 'lost', operation: 'CreateCase', times: 1 });
  await expect(handleMessage(press, at.office)).rejects.toThrow(/CreateCase/);
  at.clock.now += LEASE_MS;
  await deliver(press, calm());
  expect(casesCalled(`第 ${runs} 个`)).toHaveLength(1);
});

it('waits until a case can be seen before it believes that there is none', async () => {
  const press = await draft('迟到');
  await at.aws.setFault('support', { kind: 'lost', operation: 'CreateCase', times: 1 });
  await expect(handleMessage(press, at.office)).rejects.toThrow(/CreateCase/);
  // Pressed again, at once and as another message.
  await expect(handleMessage({ ...press, id: `${press.id}-again` }, at.office)).resolves.toBeUndefined();
  expect(casesCalled(`第 ${runs} 个`)).toHaveLength(1);
});

it('does one thing for two deliveries at the same time', async () => {
  const press = await draft('同时');
  const outcomes = await Promise.allSettled([handleMessage(press, at.office), handleMessage(press, at.office)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(casesCalled(`第 ${runs} 个`)).toHaveLength(1);
});

it.each([
  ['tells its number', { kind: 'throttle', operation: 'DescribeCases' }],
  ['takes the rest of the text', { kind: 'throttle', operation: 'AddCommunicationToCase' }],
] as const)(
  'goes on by itself when AWS throttles before it %s: the case is filed, and nobody hears otherwise',
  async (_, fault) => {
    const press = await draft(LONG);
    await at.aws.setFault('support', fault);
    const error = await handleMessage(press, at.office).catch((thrown) => thrown);
    expect(error.userMessage?.['zh-CN']).toContain('工单已提交');
    await at.aws.setFault('support', undefined);
    at.clock.now += LEASE_MS;
    expect(await deliver(press, calm())).toBe(1);
    const [only, ...others] = casesCalled(`第 ${runs} 个`);
    expect([others.length, only?.communications.length]).toEqual([0, 2]);
  },
);
