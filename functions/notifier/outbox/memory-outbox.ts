import { type DestinationState, INITIAL_STATE } from '../delivery/state';
import {
  type DeadLetter,
  delaySeconds,
  type Entry,
  type Incident,
  type Outbox,
  type Outcome,
  type Queues,
} from './outbox';

/** The DynamoDB adapter reads about this many at a time, too. */
const MAX_PENDING = 3_000;

type Stored = { entry: Entry; outcome?: undefined } | { outcome: Outcome };

/** The outbox in memory, for tests: what is read and stored is a copy, as with a database. */
export function createMemoryOutbox(): Outbox {
  const entries = new Map<string, Map<string, Stored>>();
  const incidents = new Map<string, Map<string, Incident>>();
  const states = new Map<string, DestinationState>();
  const pending = (destination: string): Entry[] => {
    const found = [...of(entries, destination).values()].flatMap((stored) => ('entry' in stored ? [stored.entry] : []));
    return found.sort((one, other) => order(one) - order(other)).map((entry) => structuredClone(entry));
  };
  return {
    async put(destination, entry) {
      const known = of(entries, destination);
      const before = known.get(entry.key);
      if (before && before.outcome !== 'deadLettered') return false;
      known.delete(entry.key);
      known.set(entry.key, { entry: JSON.parse(JSON.stringify(entry)) });
      return true;
    },
    pending: async (destination) => pending(destination).slice(0, MAX_PENDING),
    oldestPendingAt: async (destination) => pending(destination)[0]?.enqueuedAt,
    pendingByKey: async (destination, keys) => pending(destination).filter(({ key }) => keys.includes(key)),
    async markProcessed(destination, processed, known) {
      for (const [name, incident] of known) of(incidents, destination).set(name, { ...incident });
      for (const { key, outcome } of processed) of(entries, destination).set(key, { outcome });
    },
    async incidents(destination, names) {
      const known = of(incidents, destination);
      return new Map(
        names.flatMap((name) => {
          const incident = known.get(name);
          return incident ? [[name, { ...incident }] as const] : [];
        }),
      );
    },
    readState: async (destination) => structuredClone(states.get(destination) ?? INITIAL_STATE),
    async saveState(destination, state) {
      const current = states.get(destination);
      if (current && current.version !== state.version) return undefined;
      const stored = { ...structuredClone(state), version: state.version + 1 };
      states.set(destination, stored);
      return structuredClone(stored);
    },
    destinations: async () => [...states.keys()],
  };
}

const AHEAD = 1e15;
const order = ({ card, enqueuedAt }: Entry): number => enqueuedAt - (card.severity === 'critical' ? AHEAD : 0);

function of<Value>(all: Map<string, Map<string, Value>>, destination: string): Map<string, Value> {
  const known = all.get(destination) ?? new Map<string, Value>();
  all.set(destination, known);
  return known;
}

/** The queues in memory: they record what was sent. */
export interface MemoryQueues extends Queues {
  deadLetters: DeadLetter[];
  scheduled: { destination: string; delayMs: number }[];
}

export function createMemoryQueues(): MemoryQueues {
  const queues: MemoryQueues = {
    deadLetters: [],
    scheduled: [],
    async scheduleDelivery(destination, delayMs) {
      queues.scheduled.push({ destination, delayMs });
      return delaySeconds(delayMs) * 1000;
    },
    async sendToDlq(deadLetters) {
      queues.deadLetters.push(...deadLetters);
    },
  };
  return queues;
}
