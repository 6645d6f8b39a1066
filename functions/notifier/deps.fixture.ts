import { SHANGHAI, testLocale } from '../shared/locale.fixture';
import { recordingLog } from '../shared/log.fixture';
import { type RecordingMetrics, recordingMetrics } from '../shared/metrics.fixture';
import type { DeliveryDeps, Destination } from './delivery/deps';
import { NOON } from './entry.fixture';
import { sqsRecord } from './envelopes.fixture';
import { withBuiltIns } from './format/formatters';
import type { NotifierDeps } from './ingest/receive';
import { createMemoryOutbox, createMemoryQueues, type MemoryQueues } from './outbox/memory-outbox';
import type { Entry, Outbox } from './outbox/outbox';

/** What a delivery needs, in memory. Only the test and sleeping deliveries move the clock. */
export interface TestDeps extends DeliveryDeps {
  clock: VirtualClock;
  queues: MemoryQueues;
  metrics: RecordingMetrics;
  log: ReturnType<typeof recordingLog>;
}

export interface VirtualClock {
  /** In ms since 1970. */
  time: number;
  /** How long each sleep was, in ms. */
  slept: number[];
  now(): number;
  random(): number;
  sleep(ms: number): Promise<void>;
}

export const createTestDeps = (language: 'en' | 'zh-CN' = 'en'): TestDeps => ({
  clock: virtualClock(),
  outbox: createMemoryOutbox(),
  queues: createMemoryQueues(),
  metrics: recordingMetrics(),
  locale: testLocale(language),
  timeZone: SHANGHAI,
  log: recordingLog(),
});

function virtualClock(): VirtualClock {
  const clock: VirtualClock = {
    time: NOON,
    slept: [],
    now: () => clock.time,
    random: () => 0.5,
    async sleep(ms) {
      clock.slept.push(ms);
      clock.time += ms;
    },
  };
  return clock;
}

/** The dependencies of a notifier with these destinations; `reads` records how often they were read, and whether afresh. */
export function notifierDeps(deps: TestDeps, destinations: () => readonly Destination[]) {
  const reads: boolean[] = [];
  const notifier: NotifierDeps & { reads: boolean[] } = {
    ...deps,
    formatters: withBuiltIns([]),
    accountNames: new Map(),
    excluded: new Set<string>(),
    reads,
    async destinations(isFresh = false) {
      reads.push(isFresh);
      return destinations();
    },
  };
  return notifier;
}

/** An outbox whose put() fails for entries with one of these words in the title of the card. */
export const failingOutbox = (outbox: Outbox, ...words: string[]): Outbox => ({
  ...outbox,
  put: async (destination, entry) => {
    const word = words.find((each) => entry.card.title.includes(each));
    if (word) throw new Error(`failed ${word}`);
    return outbox.put(destination, entry);
  },
});

const EVENT_QUEUE = 'arn:aws:sqs:us-east-1:111122223333:stack-EventQueue-1';
export const DELIVERY_QUEUE = 'arn:aws:sqs:us-east-1:111122223333:stack-DeliveryQueue-1';

/** A batch as Lambda receives it, of records `id-0`, `id-1`, ... */
export const sqsBatch = (bodies: readonly string[], eventSourceARN = EVENT_QUEUE) => ({
  Records: bodies.map((body, index) => ({ ...sqsRecord(body, `id-${index}`), eventSourceARN })),
});

export const titlesOf = (entries: readonly Entry[]): string[] => entries.map(({ card }) => card.title);
