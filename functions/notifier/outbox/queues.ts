import type { DeadLetter } from '../ingest/dead-letter';

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
