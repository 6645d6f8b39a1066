import type { Card } from '@casebell/im/webhooks';
import type { Item } from './delivery/incidents';
import type { Entry } from './outbox/outbox';

/** Noon of a spring day. */
export const NOON = Date.parse('2026-05-01T12:00:00Z');

/** An event of that name on its way to a team. */
export function entryNamed(
  name: string,
  more: Partial<Omit<Entry, 'event'>> = {},
  event: Partial<Entry['event']> = {},
) {
  const entry: Entry = {
    key: `key-${name}`,
    enqueuedAt: NOON,
    formatter: 'ec2-state',
    card: cardNamed(name),
    event: {
      id: name,
      source: 'aws.ec2',
      account: '111122223333',
      region: 'us-east-1',
      time: new Date(NOON).toISOString(),
      ...event,
    },
    ...more,
  };
  return entry;
}

export const cardNamed = (title: string, more: Partial<Card> = {}): Card => ({ title, severity: 'warning', ...more });

export const itemOf = (entry: Entry): Item => ({ entry, card: entry.card });

export const many = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, index) => make(index));
