import { createMemoryOutbox, createMemoryQueues } from './memory-outbox';
import { outboxContract } from './outbox.contract';
import { queuesContract } from './queues.contract';

describe('the outbox in memory', () => outboxContract(createMemoryOutbox));

describe('the queues in memory', () =>
  queuesContract(() => {
    const queues = createMemoryQueues();
    return { queues, deadLetters: async () => queues.deadLetters };
  }));
