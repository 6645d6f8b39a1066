import { type Input, record, records } from '../input';
import { invalid } from '../service-error';
import type { Dynalite, Output } from './dynalite';
import type { Gate } from './gate';

/** TransactGetItems: a snapshot of up to 100 items. */
export function transactGet(dynalite: Dynalite, gate: Gate) {
  return (input: Input): Promise<Output> => {
    const gets = records(input, 'TransactItems').map((item) => record(item, 'Get'));
    if (gets.length < 1 || gets.length > 100) {
      throw invalid("1 validation error detected: Value at 'transactItems' must have between 1 and 100 members");
    }
    return gate.exclusive(async () => {
      const found = await Promise.all(gets.map((get) => dynalite.run('GetItem', get)));
      return { Responses: found.map(({ Item }) => (Item ? { Item } : {})) };
    });
  };
}
