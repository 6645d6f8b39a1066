import type { ChatApp } from '@casebell/im/bots';
import { handleMessage } from './conversation/handle-message';
import { LEASE_MS } from './domain/case-store';
import { openTestOffice, type TestOffice } from './test-office.fixture';

/** How each answer was sent: whether it may have been heard before. */
const sent: { idempotencyKey?: string; isRetry?: boolean }[] = [];
let failing = 0;
const app: Partial<ChatApp> = {
  async send(card, to, idempotencyKey, isRetry) {
    at.spoken.push({ card, to });
    sent.push({ idempotencyKey, isRetry });
    failing -= 1;
    if (failing >= 0) throw new Error('its answer was lost');
  },
  createThread: async (_place, _from, idempotencyKey) => ({ id: `oc_${idempotencyKey}`, kind: 'group' }),
};

let at: TestOffice;
beforeEach(async () => {
  sent.length = 0;
  failing = 0;
  at = await openTestOffice({ app });
});
afterEach(() => at.close());

const MESSAGE = {
  id: 'm-once',
  platform: 'slack',
  conversation: { id: 'C1', kind: 'group' },
  sender: { id: 'U1' },
  text: 'help',
  isForBot: true,
  sentAt: 0,
} as const;

it('has the platform look first, when an answer may have been heard already', async () => {
  failing = 1;
  await expect(handleMessage(MESSAGE, at.office)).rejects.toThrow('lost');
  at.clock.now += LEASE_MS;
  await handleMessage(MESSAGE, at.office);
  expect(sent.map(({ isRetry }) => isRetry)).toEqual([false, true]);
  expect(new Set(sent.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
});

const home = async () => {
  const review = await at.say(
    '提工单\nsubject:s\nbody:b\nseverityCode:low\nserviceCode:aws-lambda\ncategoryCode:general-guidance',
  );
  const press = review?.buttons?.[0]?.command ?? '';
  await at.say(press);
  return { conversation: { id: `oc_${/CB-\w+/.exec(press)?.[0]}`, kind: 'group' as const } };
};
const letters = () => at.aws.support.engineer.cases()[0]?.communications ?? [];

it('writes nothing to AWS where somebody only calls it in a case’s own place', async () => {
  const place = await home();
  expect((await at.say('', place))?.text).toContain('都会回复到工单');
  expect(await at.say(' ', { ...place, isForBot: false })).toBeUndefined();
  expect(letters()).toHaveLength(1);
});
it('sends the rest of a long reply by itself when AWS is asked too often in the middle of it', async () => {
  const place = await home();
  const long = { ...MESSAGE, ...place, id: 'm-long', text: '日志。'.repeat(4_000), at: at.clock.now };
  let parts = 0;
  const stop = at.aws.watch(({ name, when }) => {
    if (name !== 'support.AddCommunicationToCase' || when !== 'after') return;
    parts += 1;
    if (parts === 1) void at.aws.setFault('support', { kind: 'throttle', operation: 'AddCommunicationToCase' });
  });
  await expect(handleMessage(long, at.office)).rejects.toMatchObject({ name: 'RetryLaterError' });
  stop();
  await at.aws.setFault('support', undefined);
  at.clock.now += LEASE_MS;
  await handleMessage(long, at.office);
  expect(letters().filter(({ body }) => body.includes('日志'))).toHaveLength(2);
});
