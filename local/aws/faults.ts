import { setTimeout as sleep } from 'node:timers/promises';
import { type CallHooks, createCallHooks } from '../call-hooks';
import { ServiceError } from './service-error';

/** A failure of a service's requests, until it has occurred `times` times or is removed. */
export interface Fault {
  /**
   * `throttle` and `error` reject with an error that the SDK retries, `slow` delays the response, `lost` executes the request
   * and then drops the connection.
   */
  kind: 'throttle' | 'error' | 'slow' | 'lost';
  /** Number of requests that fail, the SDK's retries included; unlimited by default. */
  times?: number;
  /** Probability from 0 to 1 that a request fails; 1 by default. */
  chance?: number;
  /** Only this operation fails, e.g. `PutItem`; all by default. */
  operation?: string;
  /** Delay of `slow`; 1,000 by default. */
  ms?: number;
}

/** The connection is to be dropped without a response. */
export class LostResponseError extends Error {
  override readonly name = 'LostResponseError';
}

/** DynamoDB's own code, HTTP 400 (Developer Guide, "Error handling with DynamoDB"); the SDK retries both as throttling. */
const THROTTLE_CODES: Readonly<Record<string, string>> = { dynamodb: 'ProvisionedThroughputExceededException' };

type Work<T> = () => T | Promise<T>;

const FAULT_EFFECTS: Record<Fault['kind'], <T>(work: Work<T>, service: string, fault: Fault) => Promise<T>> = {
  async throttle(_work, service) {
    const code = THROTTLE_CODES[service] ?? 'ThrottlingException';
    throw new ServiceError(code, 'The rate of requests exceeds the throughput.');
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

/** Counts the requests to the emulators, calls hooks around them and applies faults. */
export interface Interceptor {
  /** Requests by service and operation, e.g. `dynamodb.PutItem`; rejected ones included. */
  readonly requests: ReadonlyMap<string, number>;
  /** @param service as in its signatures */
  setFault(service: string, fault: Fault | undefined): void;
  /** Around every operation; a call is named by service and operation, e.g. `support.CreateCase`. */
  readonly watch: CallHooks['watch'];
  /** Executes the work, or what the service's fault makes of it. */
  intercept<T>(service: string, operation: string, work: Work<T>): Promise<T>;
}

/** @param random from 0 to 1, for faults with a chance */
export function createInterceptor(random: () => number = Math.random): Interceptor {
  const requests = new Map<string, number>();
  const faults = new Map<string, Fault>();
  const { watch, around } = createCallHooks();

  function dueFault(service: string, operation: string): Fault | undefined {
    const fault = faults.get(service);
    if (!fault || (fault.operation ?? operation) !== operation || fault.times === 0) return undefined;
    if (random() >= (fault.chance ?? 1)) return undefined;
    if (fault.times !== undefined) fault.times -= 1;
    return fault;
  }

  return {
    requests,
    watch,
    setFault(service, fault) {
      if (fault) faults.set(service, fault);
      else faults.delete(service);
    },
    async intercept(service, operation, work) {
      const name = `${service}.${operation}`;
      requests.set(name, (requests.get(name) ?? 0) + 1);
      const fault = dueFault(service, operation);
      return around(name, () => (fault ? FAULT_EFFECTS[fault.kind](work, service, fault) : work()));
    },
  };
}
