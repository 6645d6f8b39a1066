import { setTimeout as sleep } from 'node:timers/promises';
import { type CallHooks, createCallHooks } from '../call-hooks';
import { ServiceError } from './service-error';

/** What goes wrong with a service's requests until it wears off or is taken away. */
export interface Fault {
  /**
   * `throttle` and `error` refuse with what the SDK tries again, `slow` takes longer, `lost` does what is asked and cuts the
   * connection before saying so.
   */
  kind: 'throttle' | 'error' | 'slow' | 'lost';
  /** For how many requests, counted down to none; without end if absent. The SDK's own retries are requests too. */
  times?: number;
  /** How many of those requests it happens to, from 0 to 1; all if absent. */
  chance?: number;
  /** Only to this one, e.g. `PutItem`; to all if absent. */
  operation?: string;
  /** Of a `slow` one. */
  ms?: number;
}

/** The answer goes nowhere: the connection is cut. */
export class LostResponseError extends Error {
  override readonly name = 'LostAnswer';
}

/** DynamoDB's own word, HTTP 400 (Developer Guide, "Error handling with DynamoDB"); the SDK retries both as throttling. */
const THROTTLED: Readonly<Record<string, string>> = { dynamodb: 'ProvisionedThroughputExceededException' };

type Work<T> = () => T | Promise<T>;

const FAULT_EFFECTS: Record<Fault['kind'], <T>(work: Work<T>, service: string, fault: Fault) => Promise<T>> = {
  async throttle(_work, service) {
    throw new ServiceError(THROTTLED[service] ?? 'ThrottlingException', 'The rate of requests exceeds the throughput.');
  },
  async error() {
    throw new ServiceError('InternalServerError', 'The request processing has failed.', 500);
  },
  async slow(work, _service, { ms = 1000 }) {
    await sleep(ms, undefined, { ref: false });
    return work();
  },
  async lost(work) {
    await work();
    throw new LostResponseError();
  },
};

/** Counts what the emulators are asked, and makes them fail where a test wants it. */
export interface Interceptor {
  /** How often each operation was asked for, e.g. `dynamodb.PutItem`; refused requests too. */
  readonly requests: ReadonlyMap<string, number>;
  /** @param service as its signatures call it */
  setFault(service: string, fault: Fault | undefined): void;
  /** Of every operation, by service and operation, e.g. `support.CreateCase`. */
  readonly watch: CallHooks['watch'];
  /** Does the work, or what the service's fault makes of it. */
  intercept<T>(service: string, operation: string, work: Work<T>): Promise<T>;
}

/** @param random from 0 to 1, for faults with a chance */
export function createInterceptor(random: () => number = Math.random): Interceptor {
  const requests = new Map<string, number>();
  const faults = new Map<string, Fault>();
  const { watch, around } = createCallHooks();

  function due(service: string, operation: string): Fault | undefined {
    const fault = faults.get(service);
    if (!fault || (fault.operation ?? operation) !== operation || fault.times === 0) return undefined;
    if (random() >= (fault.chance ?? 1)) return undefined;
    if (fault.times !== undefined) fault.times -= 1;
    return fault;
  }

  return {
    requests,
    setFault(service, fault) {
      if (fault) faults.set(service, fault);
      else faults.delete(service);
    },
    watch,
    async intercept(service, operation, work) {
      const name = `${service}.${operation}`;
      requests.set(name, (requests.get(name) ?? 0) + 1);
      const fault = due(service, operation);
      return around(name, () => (fault ? FAULT_EFFECTS[fault.kind](work, service, fault) : work()));
    },
  };
}
