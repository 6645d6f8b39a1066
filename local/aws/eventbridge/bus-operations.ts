import { optionalText, text } from '../input';
import type { Operation } from '../json-service';
import { invalid } from '../service-error';
import { type Bus, type Buses, busOf } from './bus';

const describe = ({ name, arn }: Bus) => ({ Name: name, Arn: arn });

/** The operations on event buses. Who may send to a bus is not checked here. */
export function busOperations(buses: Buses): Record<string, Operation> {
  return {
    CreateEventBus(input, caller) {
      const { arn } = buses.create(text(input, 'Name'), caller);
      return { EventBusArn: arn };
    },
    DescribeEventBus: (input, caller) => describe(busOf(buses, input, caller, 'Name')),
    ListEventBuses(input, caller) {
      const prefix = optionalText(input, 'NamePrefix') ?? '';
      const found = [...buses.at(caller).values()].filter(({ name }) => name.startsWith(prefix));
      return { EventBuses: found.map(describe) };
    },
    DeleteEventBus(input, caller) {
      const name = text(input, 'Name');
      if (name === 'default') throw invalid('Cannot delete event bus default.');
      buses.at(caller).delete(name);
    },
  };
}
