import type { Destination } from './delivery/deps';
import { sqsRecord } from './envelopes.fixture';
import { withBuiltIns } from './format/formatters';
import type { TestDeps } from './office.fixture';
import type { Entry, Outbox } from './outbox/outbox';

/** A notifier over a test's office. @param teams whom it tells; asked each time. */
export function notifierOf(office: TestDeps, teams: () => readonly Destination[]) {
  const fresh: boolean[] = [];
  return {
    ...office,
    formatters: withBuiltIns([]),
    accountNames: new Map(),
    excluded: new Set<string>(),
    /** How often the teams were asked for, and whether afresh. */
    fresh,
    async destinations(isFresh = false) {
      fresh.push(isFresh);
      return teams();
    },
  };
}

/** An outbox that refuses every entry whose card's title holds one of these words. */
export const refusing = (outbox: Outbox, words: readonly string[]): Outbox => ({
  ...outbox,
  put: async (destination, entry) => {
    const refused = words.find((word) => entry.card.title.includes(word));
    if (refused) throw new Error(`refused ${refused}`);
    return outbox.put(destination, entry);
  },
});

export const EVENTS = 'arn:aws:sqs:us-east-1:111122223333:stack-EventQueue-1';
export const WAKES = 'arn:aws:sqs:us-east-1:111122223333:stack-DeliveryQueue-1';

/** A batch as Lambda gets it, of records `id-0`, `id-1`, ... */
export const batch = (bodies: readonly string[], eventSourceARN = EVENTS) => ({
  Records: bodies.map((body, index) => ({ ...sqsRecord(body, `id-${index}`), eventSourceARN })),
});

export const titlesOf = (entries: readonly Entry[]): string[] => entries.map(({ card }) => card.title);
