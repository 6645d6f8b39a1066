import { type Figure, round } from '../figure';
import { quantile } from './lone';
import type { Kept } from './outbox';
import type { Poured } from './pour';
import { reckon } from './reckon';
import { mostInMinute, type Sight } from './shown';

/** What was seen of one room. */
export interface Findings {
  /** Of the storm. */
  events: number;
  poured: Poured;
  sight: Sight;
  kept: readonly Kept[] | undefined;
  /** Events that came alone before it, and the real milliseconds of those that were shown. */
  lone: number;
  latencies: readonly number[];
}

/** Milliseconds of the clock from the last event in until everything is in the chat. */
const SOON = 180_000;

/** One room's figures, against the goals. */
export function roomFigures(bench: string, platform: string, findings: Findings): Figure[] {
  const { events, poured, sight, kept, lone, latencies } = findings;
  const { messages, refusals, repeated } = sight;
  const { accounted, lost, duplicates, untold } = reckon(events, messages, kept);
  const first = messages[0]?.at ?? Infinity;
  const all = (accounted >= events && messages.at(-1)?.at) || Infinity;
  const line = (figure: string, value: number, unit: string, goal?: Figure['goal']): Figure => ({
    ...{ bench, figure: `${platform}: ${figure}`, value: round(value), unit },
    ...(goal && { goal }),
  });
  const wrong = messages.filter(({ events, inGroups }) => events !== inGroups).length;
  const digests = messages.filter(({ events }) => events > 1);
  return [
    line('accounted for in chat', accounted, 'events', { atLeast: events }),
    line('lost', lost, 'events', { atMost: 0 }),
    line('duplicates', duplicates, 'events', { atMost: 0 }),
    ...(kept ? [line('in the outbox as anything but told', untold, 'events', { atMost: 0 })] : []),
    line('messages', messages.length, `of which ${digests.length} digests`),
    line('digests whose groups do not add up', wrong, 'messages', { atMost: 0 }),
    line('most in a rolling minute', mostInMinute(messages), 'messages'),
    line('refused by the platform', refusals.length, 'answers', { atMost: 0 }),
    line('sent again and not shown', repeated, 'messages'),
    line('first event in to first message', (first - poured.first) / 1000, 's'),
    line('first event in to all in chat', (all - poured.first) / 1000, 's'),
    line('last event in to all in chat', (all - poured.last) / 1000, 's', { atMost: SOON / 1000 }),
    line('lone events shown', latencies.length, 'events', { atLeast: lone }),
    line('lone event to chat, p50', quantile(latencies, 0.5), 'real ms'),
    line('lone event to chat, p99', quantile(latencies, 0.99), 'real ms', { atMost: 300 }),
    line('lone event to chat, worst', quantile(latencies, 1), 'real ms'),
  ];
}
