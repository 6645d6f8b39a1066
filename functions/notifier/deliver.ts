import { type Card, type Channel, DeliveryError } from '@casebell/im';

/** What this process has delivered: when one of several channels refuses, the retry must not tell the others again. */
const delivered = new WeakMap<Channel, Set<string>>();
const MOST_REMEMBERED = 1000;

/** Channels that have had enough for now: throttled, silent, or down. Lives as long as one batch. */
export type Resting = Map<Channel, unknown>;

/**
 * Tells every channel, and hears every failure before it throws.
 * @param once idempotency key; a channel that has had it is not told again.
 * @param resting a channel that asks to be tried later is put here, and not tried again for this batch: waiting for it
 * message by message would cost the others their turn.
 * @returns how many channels have been told now; none when all had had it before.
 */
export async function deliver(
  card: Card,
  once: string,
  channels: readonly Channel[],
  resting: Resting,
): Promise<number> {
  const waiting = channels.filter((channel) => !delivered.get(channel)?.has(once));
  const outcomes = await Promise.allSettled(waiting.map((channel) => tell(channel, card, once, resting)));
  const failures = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as Error);
  if (failures.length) throw new AggregateError(failures, failures.map(({ message }) => message).join('; '));
  return waiting.length;
}

async function tell(channel: Channel, card: Card, once: string, resting: Resting): Promise<void> {
  if (resting.has(channel)) throw resting.get(channel);
  try {
    await channel.send(card, once);
  } catch (error) {
    if (error instanceof DeliveryError && error.retryable) resting.set(channel, error);
    throw error;
  }
  remember(channel, once);
}

function remember(channel: Channel, once: string): void {
  const had = delivered.get(channel) ?? new Set();
  if (had.size >= MOST_REMEMBERED) had.clear();
  delivered.set(channel, had.add(once));
}
