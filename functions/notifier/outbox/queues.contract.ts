import { entryNamed, many } from '../entry.fixture';
import type { DeadLetter, Queues } from './outbox';

interface Opened {
  queues: Queues;
  /** The dead letters that the queue holds, in any order. */
  deadLetters(): Promise<DeadLetter[]>;
}

/** What the queues must do: the memory twin runs it, and the adapter over the emulator. */
export function queuesContract(open: () => Opened): void {
  it('scheduleDelivery() returns the delay in whole seconds, at most 15 minutes', async () => {
    const { queues } = open();
    const delays = [-5, 0, 999, 1_500, 900_000, 1e9].map((delayMs) => queues.scheduleDelivery('d-1', delayMs));
    expect(await Promise.all(delays)).toEqual([0, 0, 0, 1_000, 900_000, 900_000]);
  });

  it('sendToDlq() accepts more dead letters than one batch has, and text of any characters', async () => {
    const { queues, deadLetters } = open();
    const quote = '"\\'.repeat(40_000);
    const sent = many(23, (index): DeadLetter => {
      const card = { title: `告警\uffff\u0000 ${index}`, severity: 'info', ...(index % 5 === 0 && { quote }) } as const;
      return {
        destination: 'd-1',
        platform: 'slack',
        reason: 'no\u0001 team',
        entry: entryNamed(`${index}`, { card }),
      };
    });
    await queues.sendToDlq(sent);
    const received = await deadLetters();
    const byKey = (letters: readonly DeadLetter[]) =>
      [...letters].sort((one, other) => one.entry.key.localeCompare(other.entry.key));
    expect(byKey(received)).toEqual(byKey(sent));
  });

  it('sendToDlq() sends nothing for an empty list', async () => {
    const { queues, deadLetters } = open();
    await queues.sendToDlq([]);
    expect(await deadLetters()).toEqual([]);
  });
}
