import type { DeadLetter } from './dead-letter';

/** The queues that a delivery writes to. */
export interface Queues {
  /**
   * Has a destination delivered to again, that many ms from now, rounded down to seconds and at most 15 minutes.
   * @returns when that will be, in ms from now.
   */
  wake(destination: string, ms: number): Promise<number>;
  bury(letters: readonly DeadLetter[]): Promise<void>;
}
