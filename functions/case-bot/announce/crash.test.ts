import type { Card, ChatApp } from '@casebell/im/bots';
import { type Killer, mortal } from '../crash.fixture';
import { LEASE_MS } from '../domain/case-store';
import type { BotContext, WorkerContext } from '../domain/context';
import { openTestOffice, type TestOffice } from '../test-office.fixture';
import { poll } from '../updates/poll';

/** A platform that remembers keys, as Feishu does, or one that can look what was said, as Slack. */
const heard = new Map<string, Card>();
let repeats = 0;
const app: Partial<ChatApp> = {
  async send(card, _to, idempotencyKey = '', isRetry = false) {
    if (heard.has(idempotencyKey)) repeats += 1;
    expect(heard.has(idempotencyKey) && !isRetry).toBe(false);
    heard.set(idempotencyKey, heard.get(idempotencyKey) ?? card);
  },
};

let at: TestOffice;
let displayId = '';
const KIND = {
  serviceCode: 'aws-lambda',
  categoryCode: 'general-guidance',
  severityCode: 'low',
  issueType: 'technical',
  cc: [],
};

beforeAll(async () => {
  at = await openTestOffice({ app });
  await at.desk.createCase({ ...KIND, subject: '连不上', body: '实例' });
  displayId = at.aws.support.engineer.cases()[0]?.displayId ?? '';
  at.clock.now += 60_000;
  await at.say(`关注工单 ${displayId}`);
});
afterAll(() => at.close());

function mortalBureau(killer: Killer): WorkerContext {
  const supportClients = new Map(
    [...at.bureau.supportClients].map(([name, desk]) => [name, mortal(desk, 'aws', killer)]),
  );
  const store = mortal(at.office.store, 'store', killer);
  const office: BotContext = { ...at.office, store, app: mortal(at.office.app, 'chat', killer) };
  return { ...at.bureau, supportClients, store, botContext: async () => office };
}

/** What AWS has written by then: two at one time, a third, and that it waits. */
function write(round: number): string[] {
  const words = [`${round}-一`, `${round}-二`, `${round}-三`];
  at.clock.now += 1_000;
  at.aws.support.engineer.answer(displayId, words[0] ?? '');
  at.aws.support.engineer.answer(displayId, words[1] ?? '');
  at.clock.now += 1_000;
  at.aws.support.engineer.answer(displayId, words[2] ?? '');
  at.aws.support.engineer.pend(displayId);
  return words;
}

const calm = (): Killer => ({ at: -1, when: 'after', calls: [], dead: false });
const quotesSince = (had: number) => [...heard.values()].slice(had).map(({ quote }) => quote);

async function calmRound(): Promise<string[]> {
  const killer = calm();
  write(0);
  await poll(mortalBureau(killer));
  return killer.calls;
}

it('loses nothing and tells nothing twice, wherever a poll is killed while it tells', async () => {
  const calls = await calmRound();
  expect(calls.filter((name) => name === 'chat.send')).toHaveLength(4);
  for (const [index, name] of calls.entries()) {
    for (const when of ['before', 'after'] as const) {
      await at.desk.addCommunication(at.aws.support.engineer.cases()[0]?.caseId ?? '', `${index} ${when}`);
      await poll(at.bureau);
      const had = heard.size;
      const words = write(index + 1);
      // Where the account could not be asked for, the poll throws.
      await poll(mortalBureau({ ...calm(), at: index, when })).catch(() => undefined);
      at.clock.now += LEASE_MS;
      await poll(at.bureau);
      const told = quotesSince(had).filter((quote) => words.includes(quote ?? ''));
      expect([name, when, told.slice(0, 2).sort(), told.slice(2)]).toEqual([
        name,
        when,
        words.slice(0, 2).sort(),
        words.slice(2),
      ]);
      expect(quotesSince(had).filter((quote) => quote === '连不上')).toHaveLength(1);
    }
  }
  expect(repeats).toBeGreaterThan(0);
}, 240_000);

it('is done by one of two who begin at the same time', async () => {
  await at.desk.addCommunication(at.aws.support.engineer.cases()[0]?.caseId ?? '', 'weiter');
  await poll(at.bureau);
  const had = heard.size;
  const words = write(999);
  await Promise.all([poll(at.bureau), poll(at.bureau), poll(at.bureau)]);
  at.clock.now += LEASE_MS;
  await poll(at.bureau);
  expect(quotesSince(had).filter((quote) => words.includes(quote ?? ''))).toHaveLength(3);
});

it('moves on only when the chat has accepted it', async () => {
  const had = heard.size;
  const words = write(1_000);
  const refusing: BotContext = {
    ...at.office,
    app: { ...at.office.app, send: async () => Promise.reject(new Error('the chat is down')) },
  };
  await poll({ ...at.bureau, botContext: async () => refusing });
  expect(heard.size).toBe(had);
  at.clock.now += LEASE_MS;
  await poll(at.bureau);
  expect(quotesSince(had).filter((quote) => words.includes(quote ?? ''))).toHaveLength(3);
});
