import { type Card, type ChatApp, DeliveryError } from '@casebell/im/bots';
import { type Killer, mortal } from '../crash.fixture';
import { type CaseStore, LEASE_MS } from '../domain/case-store';
import type { BotContext, WorkerContext } from '../domain/context';
import { openTestOffice, type TestOffice } from '../test-office.fixture';
import { poll } from '../updates/poll';

const KIND = { serviceCode: 'aws-lambda', categoryCode: 'general-guidance', severityCode: 'low' };
const REQUEST = { ...KIND, body: 'b', issueType: 'technical', cc: [] };

/** A platform that remembers keys; it counts what it hears without being told that it may have heard it. */
const heard = new Map<string, Card>();
let unforeseen = 0;
const app: Partial<ChatApp> = {
  async send(card, to, idempotencyKey = '', isRetry = false) {
    at.spoken.push({ card, to });
    if (heard.has(idempotencyKey) && !isRetry) unforeseen += 1;
    heard.set(idempotencyKey, heard.get(idempotencyKey) ?? card);
  },
};

let at: TestOffice;
beforeEach(async () => {
  heard.clear();
  unforeseen = 0;
  at = await openTestOffice({ app, bot: { newCaseConversation: 'cid-cases' } });
  at.aws.support.set({ casesPerHour: Number.POSITIVE_INFINITY });
  await poll(at.bureau);
});
afterEach(() => at.close());

async function open(subject: string): Promise<void> {
  at.clock.now += 60_000;
  await at.desk.createCase({ ...REQUEST, subject });
  at.clock.now += 60_000;
}
const cardsOf = (subject: string) => [...heard.values()].filter(({ title }) => title.includes(subject)).length;

/** Whoever asks for a followed case waits until so many do: nobody knows of the others yet. */
function crowd(store: CaseStore, size: number): CaseStore {
  let open: () => void = () => undefined;
  const together = new Promise<void>((resolve) => {
    open = resolve;
  });
  let count = 0;
  return {
    ...store,
    async getSubscription(...words) {
      const known = await store.getSubscription(...words);
      count += 1;
      if (count >= size) open();
      await together;
      return known;
    },
  };
}

it('shows one card of a new case that two find at the same time', async () => {
  await open('同时');
  const store = crowd(at.office.store, 2);
  const office: BotContext = { ...at.office, store };
  const bureau: WorkerContext = { ...at.bureau, store, botContext: async () => office };
  await Promise.all([poll(bureau), poll(bureau)]);
  await poll(at.bureau);
  expect([cardsOf('同时'), unforeseen]).toEqual([1, 0]);
  expect([...heard.values()].filter(({ quote }) => quote === 'b')).toHaveLength(1);
});

it('shows one card of a new case, and none of its news is lost, wherever who brings it in is killed', async () => {
  const rounds = async (subject: string, killer: Killer) => {
    await open(subject);
    await poll(mortalBureau(killer)).catch(() => undefined);
    at.clock.now += LEASE_MS;
    await poll(at.bureau);
    await poll(at.bureau);
  };
  const calm: Killer = { at: -1, when: 'after', calls: [], dead: false };
  await rounds('平静', calm);
  expect(calm.calls).toEqual(expect.arrayContaining(['chat.send', 'store.saveSubscription']));
  for (const [index, name] of calm.calls.entries())
    for (const when of ['before', 'after'] as const) {
      const subject = `[${index} ${when}]`;
      const had = [...heard.values()].filter(({ quote }) => quote === 'b').length;
      await rounds(subject, { at: index, when, calls: [], dead: false });
      const told = [...heard.values()].filter(({ quote }) => quote === 'b').length - had;
      expect([name, when, cardsOf(subject), told, unforeseen]).toEqual([name, when, 1, 1, 0]);
    }
}, 120_000);

function mortalBureau(killer: Killer): WorkerContext {
  const supportClients = new Map([...at.bureau.supportClients].map(([id, desk]) => [id, mortal(desk, 'aws', killer)]));
  const store = mortal(at.office.store, 'store', killer);
  const office: BotContext = { ...at.office, store, app: mortal(at.office.app, 'chat', killer) };
  return { ...at.bureau, supportClients, store, botContext: async () => office };
}

it('comes to where somebody asks for it when it could not be said where its profile wants it', async () => {
  const { send } = at.office.app;
  const rejection = new DeliveryError('x', { reason: 'not in the group', retryable: false });
  at.office.app.send = async (card, to, ...rest) =>
    to.id === 'cid-cases' ? Promise.reject(rejection) : send(card, to, ...rest);
  await open('进不去');
  await poll(at.bureau);
  const { displayId } = at.aws.support.engineer.cases()[0] ?? {};
  expect((await at.say(`关注工单 ${displayId}`))?.title).toContain('会发到这里');
  await poll(at.bureau);
  const places = at.spoken.filter(({ card }) => card.quote === 'b').map(({ to }) => to.id);
  expect(places).toEqual(['cid1']);
});
