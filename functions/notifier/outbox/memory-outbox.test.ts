import { createMemoryOutbox } from './memory-outbox';
import { outboxContract } from './outbox.contract';

describe('the outbox in memory', () => outboxContract(createMemoryOutbox));
