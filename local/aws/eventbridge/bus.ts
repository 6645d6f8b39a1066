import { type Input, optionalText } from '../input';
import type { Statement } from '../policy';
import { ServiceError } from '../service-error';

export interface Target {
  readonly id: string;
  readonly arn: string;
  /** The target as the client gave it. */
  readonly settings: Input;
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  /** What PutRule said, to be said again by DescribeRule. */
  readonly settings: Input;
  readonly enabled: boolean;
  /** False for every event where the rule has a schedule only. */
  matches(event: unknown): boolean;
  readonly targets: Map<string, Target>;
}

export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly rules: Map<string, Rule>;
  /** Its resource policy, by statement id. */
  readonly policy: Map<string, Statement>;
}

/** Where a bus is: one account in one Region. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

const BUS_ARN = /^arn:aws[\w-]*:events:([\w-]+):(\d{12}):event-bus\/(.+)$/;

function newBus(name: string, { account, region }: Place): Bus {
  return { name, arn: `arn:aws:events:${region}:${account}:event-bus/${name}`, rules: new Map(), policy: new Map() };
}

/** All event buses of this machine; every account has a default bus in every Region. */
export function openBuses() {
  const places = new Map<string, Map<string, Bus>>();

  /** The buses of one place, by name. */
  function at(place: Place): Map<string, Bus> {
    const name = `${place.account}/${place.region}`;
    const buses = places.get(name) ?? new Map([['default', newBus('default', place)]]);
    places.set(name, buses);
    return buses;
  }

  return {
    at,
    create(name: string, place: Place): Bus {
      const exists = new ServiceError('ResourceAlreadyExistsException', `Event bus ${name} already exists.`);
      if (at(place).has(name)) throw exists;
      const bus = newBus(name, place);
      at(place).set(name, bus);
      return bus;
    },
    /** By name in the caller's own place, or by ARN anywhere. */
    find(nameOrArn: string, { account, region }: Place): Bus | undefined {
      const [, arnRegion, arnAccount, arnName] = BUS_ARN.exec(nameOrArn) ?? [];
      return at({ account: arnAccount ?? account, region: arnRegion ?? region }).get(arnName ?? nameOrArn);
    },
  };
}

export type Buses = ReturnType<typeof openBuses>;

/** The bus a request is about, which is the default bus unless it says otherwise. */
export function busOf(buses: Buses, input: Input, place: Place, member = 'EventBusName'): Bus {
  const name = optionalText(input, member) ?? 'default';
  const bus = buses.find(name, place);
  if (!bus) throw new ServiceError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
  return bus;
}

export function ruleOf(bus: Bus, name: string): Rule {
  const rule = bus.rules.get(name);
  if (rule) return rule;
  throw new ServiceError('ResourceNotFoundException', `Rule ${name} does not exist on EventBus ${bus.name}.`);
}
