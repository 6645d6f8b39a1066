import type { Card, Channel } from '@casebell/im';

/** What this process has delivered: when one of several channels refuses, the retry must not tell the others again. */
const delivered = new WeakMap<Channel, Set<string>>();
const MOST_REMEMBERED = 1000;

/**
 * Tells every channel, and hears every failure before it throws.
 * @param once the event's id; a channel that has had it is not told again.
 */
export async function deliver(card: Card, once: string, channels: readonly Channel[]): Promise<void> {
  const waiting = channels.filter((channel) => !delivered.get(channel)?.has(once));
  const outcomes = await Promise.allSettled(waiting.map((channel) => tell(channel, card, once)));
  const failures = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as Error);
  if (failures.length) throw new AggregateError(failures, failures.map(({ message }) => message).join('; '));
}

async function tell(channel: Channel, card: Card, once: string): Promise<void> {
  await channel.send(card, once);
  const had = delivered.get(channel) ?? new Set();
  if (had.size >= MOST_REMEMBERED) had.clear();
  delivered.set(channel, had.add(once));
}
