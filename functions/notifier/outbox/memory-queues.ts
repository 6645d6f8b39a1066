import { type DeadLetter, delaySeconds, type Queues } from './outbox';

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
