import { type Input, record, records } from '../input';
import { invalid } from '../service-error';
import type { Dynalite } from './dynalite';
import type { Gate } from './gate';
import type { Meter } from './meter';

/** TransactGetItems: a snapshot of up to 100 items, read strongly. */
export function transactGet(dynalite: Dynalite, gate: Gate, meter: Meter) {
  return (input: Input): Promise<unknown> => {
    const gets = records(input, 'TransactItems').map((item) => record(item, 'Get'));
    if (gets.length < 1 || gets.length > 100) {
      throw invalid("1 validation error detected: Value at 'transactItems' must have between 1 and 100 members");
    }
    return gate.exclusive(async () => {
      const found = await Promise.all(
        gets.map((get) => dynalite.run('GetItem', { ...get, ConsistentRead: true }, meter)),
      );
      return { Responses: found.map(({ Item }) => (Item ? { Item } : {})) };
    });
  };
}
