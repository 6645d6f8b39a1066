import { type Input, optionalText } from '../input';
import type { Statement } from '../policy';
import { ServiceError } from '../service-error';

export interface Target {
  readonly id: string;
  readonly arn: string;
  /** The target as the client sent it. */
  readonly settings: Input;
}

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly isEnabled: boolean;
  matches(event: unknown): boolean;
  readonly targets: Map<string, Target>;
}

/** The default bus of an account in a Region. */
export interface Bus {
  readonly account: string;
  readonly arn: string;
  readonly rules: Map<string, Rule>;
  /** Statements of its resource policy by id. */
  readonly policy: Map<string, Statement>;
}

interface Home {
  readonly account: string;
  readonly region: string;
}

const BUS_ARN = /^arn:aws[\w-]*:events:([\w-]+):(\d{12}):event-bus\/default$/;

/** The default buses of all accounts and Regions. */
export function createBuses() {
  const buses = new Map<string, Bus>();

  function defaultBus({ account, region }: Home): Bus {
    const arn = `arn:aws:events:${region}:${account}:event-bus/default`;
    const bus = buses.get(arn) ?? { account, arn, rules: new Map(), policy: new Map() };
    buses.set(arn, bus);
    return bus;
  }

  return {
    defaultBus,
    /** By the name `default` for the caller's own bus, or by an ARN. */
    find(nameOrArn: string, home: Home): Bus | undefined {
      if (nameOrArn === 'default') return defaultBus(home);
      const [, region, account] = BUS_ARN.exec(nameOrArn) ?? [];
      return region && account ? defaultBus({ account, region }) : undefined;
    },
  };
}

export type Buses = ReturnType<typeof createBuses>;

/** The bus that a request names; the default bus if it names none. */
export function busIn(input: Input, buses: Buses, home: Home): Bus {
  const name = optionalText(input, 'EventBusName') ?? 'default';
  const bus = buses.find(name, home);
  if (!bus) throw new ServiceError('ResourceNotFoundException', `Event bus ${name} does not exist.`);
  return bus;
}
