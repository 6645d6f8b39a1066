import type { Button, Card } from '@casebell/im/webhooks';
import type { AwsEvent } from '../../../plugins/formatter';
import type { DestinationState } from '../delivery/state';

/** One event on its way to one destination. */
export interface Entry {
  /** Dedup key: what was delivered under a key is not delivered again. */
  key: string;
  /** In ms since 1970. */
  enqueuedAt: number;
  /** The formatter that made the card. */
  formatter: string;
  card: Card;
  /** `account` is the account that the event is about. */
  event: Pick<AwsEvent, 'id' | 'source' | 'account' | 'region' | 'time'>;
  /** The incident that the event belongs to, where its formatter knows of one. */
  incident?: string;
  /** Equal for two cards that differ in nothing but times. */
  contentHash?: string;
  /** Opens a case about the event, in a chat that has the case bot. */
  openCase?: Button;
}

/** What a destination was notified of about an incident. */
export interface Incident {
  /** In ms since 1970. */
  firstNotifiedAt: number;
  /** Of the card that was delivered last. */
  contentHash: string;
  /** Time of the event that was delivered last, ISO 8601. */
  lastNotifiedEventAt: string;
  /** Time of the latest event, delivered or deduplicated. */
  latestEventAt: string;
  /** Whether its end was delivered: a later event begins a new incident. */
  isResolved: boolean;
}

/** `deduplicated`: it repeats what was delivered. `deadLettered`: the platform rejected it for good. */
export type Outcome = 'delivered' | 'deduplicated' | 'deadLettered';

export interface ProcessedEntry {
  key: string;
  outcome: Outcome;
  /** The message that delivered it. */
  messageId?: string;
}

/** Port: what has to be delivered and what was delivered. Durable, and shared by all notifiers that run. */
export interface Outbox {
  /** Stores an entry, unless its key is known. A dead-lettered key becomes pending again. False: the key was known. */
  put(destination: string, entry: Entry): Promise<boolean>;
  /** Pending entries, critical ones first, then oldest first; of thousands a part. */
  pending(destination: string): Promise<Entry[]>;
  /** When the first pending entry was enqueued, in ms since 1970. */
  oldestPendingAt(destination: string): Promise<number | undefined>;
  /** The entries of these keys that are still pending, in any order. */
  pendingByKey(destination: string, keys: readonly string[]): Promise<Entry[]>;
  /** Ends entries, and stores what the destination now knows of incidents. Idempotent. */
  markProcessed(
    destination: string,
    processed: readonly ProcessedEntry[],
    incidents: ReadonlyMap<string, Incident>,
  ): Promise<void>;
  incidents(destination: string, names: readonly string[]): Promise<Map<string, Incident>>;
  readState(destination: string): Promise<DestinationState>;
  /** Compare-and-set: undefined when the state has changed since it was read, otherwise the stored state with its new version. */
  saveState(destination: string, state: DestinationState): Promise<DestinationState | undefined>;
  /** Every destination that a state was ever stored for. */
  destinations(): Promise<string[]>;
}

/** An entry that a platform has rejected for good, and the reason. */
export interface DeadLetter {
  destination: string;
  platform: string;
  /** In plain words, without url, token or secret. */
  reason: string;
  entry: Entry;
}

/** Port: the queues that a delivery writes to. */
export interface Queues {
  /**
   * Schedules a further delivery for a destination. The delay is rounded down to seconds, and at most 15 minutes.
   * @returns the delay that the queue applies, in ms
   */
  scheduleDelivery(destination: string, delayMs: number): Promise<number>;
  sendToDlq(deadLetters: readonly DeadLetter[]): Promise<void>;
}

/** Longest delay of a message in SQS, in seconds (SendMessage, API Reference). */
const MAX_DELAY_SECONDS = 900;

/** The delay of a message in whole seconds, as SQS accepts it. */
export const delaySeconds = (delayMs: number): number =>
  Math.min(MAX_DELAY_SECONDS, Math.max(0, Math.floor(delayMs / 1000)));
