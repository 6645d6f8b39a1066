import { type Card, type ChatApp, DeliveryError } from '@casebell/im/bots';
import { retryWhenThrottled } from './retry-when-throttled';

const CARD: Card = { title: 't', severity: 'info' };
const TO = { id: 'c', kind: 'group' } as const;

/** An app whose first sends fail. */
function failing(times: number, rejection: Partial<DeliveryError>) {
  const keys: (string | undefined)[] = [];
  const pauses: number[] = [];
  const app: ChatApp = {
    platform: 'slack',
    receive: () => ({ kind: 'ignored', reply: { status: 200 }, reason: 'no callbacks here' }),
    healthCheck: async () => undefined,
    async send(_card, _to, idempotencyKey) {
      keys.push(idempotencyKey);
      if (keys.length <= times) throw new DeliveryError('slack', { reason: 'no', retryable: true, ...rejection });
    },
  };
  return { keys, pauses, app: retryWhenThrottled(app, async (ms) => void pauses.push(ms)) };
}

it('waits as long as a throttling platform asks for, and sends once more with the same key', async () => {
  const { app, keys, pauses } = failing(1, { throttled: true, retryAfterSeconds: 2 });
  await app.send(CARD, TO, 'k');
  expect([keys, pauses]).toEqual([['k', 'k'], [2000]]);
});

it.each([
  ['it would take too long', 1, { throttled: true, retryAfterSeconds: 60 }],
  ['the platform still throttles', 2, { throttled: true, retryAfterSeconds: 1 }],
  ['the card is rejected', 1, {}],
] as const)('leaves the retry to the queue when %s', async (_name, times, rejection) => {
  const { app, keys } = failing(times, rejection);
  await expect(app.send(CARD, TO)).rejects.toThrow(DeliveryError);
  expect(keys).toHaveLength(times);
});
