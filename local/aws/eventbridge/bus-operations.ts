import { optionalFlag, optionalText, requiredText } from '../input';
import type { Operation } from '../json-service';
import { invalid, ServiceError } from '../service-error';
import { type Bus, type Buses, busOf } from './bus';
import { policyOf, statementsIn } from './permission';

const describe = (bus: Bus) => ({ Name: bus.name, Arn: bus.arn, Policy: policyOf(bus) });

/** The operations on event buses. */
export function busOperations(buses: Buses): Record<string, Operation> {
  return {
    CreateEventBus(input, caller) {
      const { arn } = buses.create(requiredText(input, 'Name'), caller);
      return { EventBusArn: arn };
    },
    DescribeEventBus: (input, caller) => describe(busOf(buses, input, caller, 'Name')),
    ListEventBuses(input, caller) {
      const prefix = optionalText(input, 'NamePrefix') ?? '';
      const found = [...buses.at(caller).values()].filter(({ name }) => name.startsWith(prefix));
      return { EventBuses: found.map(describe) };
    },
    PutPermission(input, caller) {
      const bus = busOf(buses, input, caller);
      for (const [id, statement] of statementsIn(input, bus)) bus.policy.set(id, statement);
    },
    RemovePermission(input, caller) {
      const { policy } = busOf(buses, input, caller);
      if (optionalFlag(input, 'RemoveAllPermissions')) return policy.clear();
      if (!policy.delete(requiredText(input, 'StatementId')))
        throw new ServiceError('ResourceNotFoundException', 'Statement with the provided id does not exist.');
    },
    DeleteEventBus(input, caller) {
      const name = requiredText(input, 'Name');
      if (name === 'default') throw invalid('Cannot delete event bus default.');
      buses.at(caller).delete(name);
    },
  };
}
