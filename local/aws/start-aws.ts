import type { Aws } from './aws';
import { type ModelControl, startBedrock } from './bedrock';
import { startDynamoDb } from './dynamodb';
import type { CapacityUnits } from './dynamodb/capacity';
import { environmentOf } from './environment';
import { type EventBridge, startEventBridge } from './eventbridge';
import type { Organization } from './eventbridge/permission';
import { createInterceptor, type Fault, type Interceptor } from './faults';
import type { EmulatorContext } from './json-service';
import type { Listener } from './listener';
import { MESSAGING_ACCOUNT, startMessaging } from './messaging';
import { startRefusing } from './refuse';
import { startSecretsManager } from './secrets-manager';
import { startSsm } from './ssm';
import { type Sts, startSts } from './sts';
import { type SupportControl, startSupport } from './support';
import type { SupportSettings } from './support/settings';

export type { Call } from '../call-hooks';
export type { Fault } from './faults';

/** What was asked of the emulators so far: what a bill would be made of. */
export interface Usage extends CapacityUnits {
  /**
   * By service and operation, e.g. `dynamodb.PutItem`, `sqs.SendMessage`: refused requests and the SDK's own retries too,
   * and what pollers, `idle` and the delivery of events ask of the queues.
   */
  requests: Record<string, number>;
}

/** The AWS of this machine, with what only AWS itself can do. */
export interface LocalAws extends Aws {
  /** An AWS service says that something has happened. */
  readonly emit: EventBridge['emit'];
  /** Resolves when every event so far has reached its targets. */
  readonly idle: EventBridge['idle'];
  /** AWS Support's own side: its engineer, and what differs between accounts and between good days and bad ones. */
  readonly support: SupportControl;
  /** Bedrock's own side: how its model behaves, and what it was asked. */
  readonly bedrock: ModelControl;
  /** Registers a role that may be assumed. */
  readonly trust: Sts['trust'];
  /** How many times as fast as real seconds messages are delayed from now on: SQS has no other clock. */
  setQueueRate(rate: number): void;
  /** Deletes the expired items of all tables now; it also happens by itself. */
  sweep(): Promise<number>;
  /**
   * Makes a service's requests fail, or, without a fault, no longer; it stands when this resolves.
   * @param service `dynamodb`, `sqs`, `secretsmanager`, `ssm`, `events`, `sts`, `support` or `bedrock`
   */
  setFault(service: string, fault: Fault | undefined): Promise<void>;
  /**
   * Calls the watcher right before and right after every operation, and waits for it; what it returns ends that. Of
   * all services but SQS and SNS, which live in a thread of their own.
   */
  readonly watch: Interceptor['watch'];
  usage(): Promise<Usage>;
}

export interface AwsOptions extends Partial<Omit<EmulatorContext, 'interceptor'>> {
  region?: string;
  /** From 0 to 1, for faults with a chance. */
  random?: () => number;
  /** How strict and slow AWS Support is; real limits unless this says otherwise. */
  support?: Partial<SupportSettings>;
  /** That accounts of this machine belong to; none if absent. */
  organization?: Organization;
}

/** Closes all, and only then reports what could not be closed. */
async function closeAll(listeners: Listener[]): Promise<void> {
  const results = await Promise.allSettled(listeners.map((listener) => listener.close()));
  const failures = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
  if (failures.length > 0) throw new AggregateError(failures, 'Not all of AWS could be closed.');
}

/** Those that need nothing but their surroundings. */
async function startOthers(surroundings: EmulatorContext) {
  const [secrets, ssm, bedrock, refusing] = await Promise.all([
    startSecretsManager(surroundings),
    startSsm(surroundings),
    startBedrock(surroundings),
    startRefusing(surroundings.log),
  ]);
  return { secrets, ssm, bedrock, refusing };
}

/**
 * Starts every emulator on 127.0.0.1 and ports that are free. Queues and topics always live in account 000000000000,
 * which is therefore the account unless another is wanted.
 */
export async function startAws(options: AwsOptions = {}): Promise<LocalAws> {
  const { account = MESSAGING_ACCOUNT, region = 'us-east-1', now = Date.now, log = console.warn } = options;
  const interceptor = createInterceptor(options.random);
  const surroundings = { account, now, log, interceptor };
  const [messaging, dynamodb, sts, others] = await Promise.all([
    startMessaging(region),
    startDynamoDb(surroundings, region),
    startSts(surroundings, region),
    startOthers(surroundings),
  ]);
  const { secrets, ssm, bedrock, refusing } = others;
  const events = await startEventBridge(surroundings, region, messaging.url, options.organization);
  const { emit } = events;
  const support = await startSupport({ ...surroundings, region, emit, arnOf: sts.arnOf, settings: options.support });

  const ours = { dynamodb, eventbridge: events, secrets_manager: secrets, ssm, sts, support, bedrock_runtime: bedrock };
  const services = { ...ours, sqs: messaging, sns: messaging };

  return {
    account,
    region,
    env: environmentOf(account, region, services, refusing.url),
    emit,
    idle: events.idle,
    support,
    bedrock,
    trust: sts.trust,
    sweep: dynamodb.sweep,
    setQueueRate: messaging.setRate,
    watch: interceptor.watch,
    setFault: async (service, fault) =>
      service === 'sqs' ? messaging.setFault(fault) : interceptor.setFault(service, fault),
    async usage() {
      const requests = { ...Object.fromEntries(interceptor.requests), ...(await messaging.requests()) };
      return { requests, ...dynamodb.units() };
    },
    async close() {
      await support.close();
      await events.close();
      await closeAll([dynamodb, secrets, ssm, sts, bedrock, refusing, messaging]);
    },
  };
}
