import { type ChatApp, type ChatMessage, DeliveryError } from '@casebell/im/bots';
import { processMessage } from './conversation/process-message';
import type { AuditEntry } from './domain/case-store';
import { openTestOffice, type TestOffice } from './test-office.fixture';

const MESSAGE: ChatMessage = {
  id: 'm-busy',
  platform: 'slack',
  conversation: { id: 'C1', kind: 'group' },
  sender: { id: 'U1' },
  text: 'help',
  isForBot: true,
  sentAt: 0,
};
const THROTTLED = { reason: 'too many calls', retryable: true, throttled: true, retryAfterSeconds: 7 } as const;

let failures: DeliveryError[];
let pauses: number[];
let at: TestOffice;
const app: Partial<ChatApp> = {
  async send(card, to) {
    const failure = failures.shift();
    if (failure) throw failure;
    at.spoken.push({ card, to });
  },
};

beforeEach(async () => {
  [failures, pauses] = [[], []];
  at = await openTestOffice({ app });
});
afterEach(() => at.close());

const deliver = (tries: number, more: Partial<ChatMessage> = {}): Promise<boolean> =>
  processMessage(
    JSON.stringify({ bot: at.office.bot.name, message: { ...MESSAGE, ...more } }),
    tries,
    { botContext: async () => at.office, log: at.office.log },
    async (seconds) => void pauses.push(seconds),
  );

it('comes again when the platform takes more, finds nobody at it, and says the same answer', async () => {
  failures = [new DeliveryError('slack', THROTTLED)];
  expect(await deliver(1)).toBe(false);
  expect(pauses).toEqual([7]);
  at.clock.now += 7_000;
  expect(await deliver(2)).toBe(true);
  expect(at.spoken).toHaveLength(1);
});

it('waits longer each time that the platform is out of order, and says that this is wrong', async () => {
  const broken = new DeliveryError('slack', { reason: 'HTTP 503', retryable: true });
  for (const tries of [1, 2, 3, 4]) {
    failures = [broken];
    await expect(deliver(tries)).rejects.toBe(broken);
  }
  expect(pauses).toEqual([2, 10, 30, 60]);
});

it('comes again after a minute and a half when it is not the platform that fails', async () => {
  failures = [new Error('out of memory') as DeliveryError];
  await expect(deliver(1)).rejects.toThrow('out of memory');
  expect(pauses).toEqual([90]);
});

it.each([
  ['what would have changed something', 'allow U2', ['allow U2']],
  ['not what only asks', 'allowlist', []],
])('writes down what is given up after the last try: %s', async (_name, text, audited) => {
  const entries: AuditEntry[] = [];
  const broken = () => Promise.reject(new TypeError('what somebody wrote'));
  Object.assign(at.office.store, {
    getRights: broken,
    addAuditEntry: async (entry: AuditEntry) => void entries.push(entry),
  });
  for (const tries of [1, 2, 3, 4, 5]) await expect(deliver(tries, { text })).rejects.toThrow(TypeError);
  expect(entries.map(({ what }) => what)).toEqual(audited);
  for (const { result, who } of entries) expect([result, who.id]).toEqual(['given up: TypeError', 'U1']);
});
