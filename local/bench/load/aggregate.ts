import { type Figure, percentile, round } from '../figure';
import { eventsIn, maxPerMinute, type Observed, type ObservedMessage, sum } from './observed';
import type { Published } from './publish';
import type { OutboxEntry } from './target';

export interface Totals {
  shown: number;
  lost: number;
  duplicates: number;
  /** Outbox entries without a message: pending, dead, or absent. */
  undelivered: number;
}

/**
 * What became of so many events in one room. A lost event and a duplicate do not cancel out: no two messages may name the
 * same event, and the messages in the outbox must be those in the chat.
 */
export function aggregate(
  events: number,
  messages: readonly ObservedMessage[],
  outbox: readonly OutboxEntry[],
): Totals {
  const shown = eventsIn(messages);
  const delivered = outbox.filter(({ outcome }) => outcome === 'delivered');
  const counts = messages.flatMap((message) => (message.events ? [message.events] : []));
  const [onlyShown, onlyInOutbox] = difference(counts, countsPerMessage(delivered));
  const duplicates = Math.max(repeatedIn(messages), onlyShown, shown - events);
  const undelivered = events - delivered.length;
  const lost = Math.max(events - (shown - duplicates), undelivered + onlyInOutbox);
  return { shown, duplicates, undelivered, lost };
}

function countsPerMessage(delivered: readonly OutboxEntry[]): number[] {
  const counts = new Map<string, number>();
  for (const { message = '' } of delivered) counts.set(message, (counts.get(message) ?? 0) + 1);
  return [...counts.values()];
}

/** The sums of the values that are in one list only. */
function difference(one: readonly number[], other: readonly number[]): [number, number] {
  const left = [...other];
  const only = one.filter((value) => {
    const at = left.indexOf(value);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [sum(only), sum(left)];
}

/** The events of messages that name an event of an earlier message. */
function repeatedIn(messages: readonly ObservedMessage[]): number {
  const named = new Set<string>();
  const repeated = messages.map(({ names, events }) => {
    const isRepeated = names.some((name) => named.has(name));
    for (const name of names) named.add(name);
    return isRepeated ? events : 0;
  });
  return sum(repeated);
}

export interface RoomResult {
  /** Of the load. */
  events: number;
  published: Published;
  observed: Observed;
  outbox: readonly OutboxEntry[];
  /** Single events before the load, and the latencies of those that arrived. */
  singles: number;
  latencies: readonly number[];
}

/** From the last event until all are in the chat. */
const MAX_DELIVERY_S = 180;

/** The figures of one room, with their goals. */
export function roomFigures(platform: string, result: RoomResult): Figure[] {
  const { events, published, observed, outbox, singles, latencies } = result;
  const { messages, rejections, duplicateCount } = observed;
  const { shown, lost, duplicates, undelivered } = aggregate(events, messages, outbox);
  const firstAt = messages[0]?.at ?? Infinity;
  const completeAt = (shown >= events && messages.at(-1)?.at) || Infinity;
  const line = (figure: string, value: number, unit: string, goal?: Figure['goal']): Figure => ({
    ...{ bench: 'load', figure: `${platform}: ${figure}`, value: round(value), unit },
    ...(goal && { goal }),
  });
  const none = { atMost: 0 };
  const wrongDigests = messages.filter((message) => message.events !== message.inGroups).length;
  const digests = messages.filter((message) => message.events > 1).length;
  return [
    line('in the chat', shown, 'events', { atLeast: events }),
    line('lost', lost, 'events', none),
    line('duplicates', duplicates, 'events', none),
    line('in the outbox without delivery', undelivered, 'events', none),
    line('messages', messages.length, `of which ${digests} digests`),
    line('digests whose groups do not add up', wrongDigests, 'messages', none),
    line('most in a rolling minute', maxPerMinute(messages), 'messages'),
    line('rejected by the platform', rejections.length, 'requests', none),
    line('sent again and not shown', duplicateCount, 'messages'),
    line('first event to first message', (firstAt - published.first) / 1000, 's'),
    line('first event to all in the chat', (completeAt - published.first) / 1000, 's'),
    line('last event to all in the chat', (completeAt - published.last) / 1000, 's', { atMost: MAX_DELIVERY_S }),
    line('single events shown', latencies.length, 'events', { atLeast: singles }),
    line('single event to chat, p50', percentile(latencies, 0.5), 'real ms'),
    line('single event to chat, p99', percentile(latencies, 0.99), 'real ms', { atMost: 300 }),
    line('single event to chat, worst', percentile(latencies, 1), 'real ms'),
  ];
}
