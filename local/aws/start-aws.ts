import type { IncomingHttpHeaders } from 'node:http';
import { type ModelControl, startBedrock } from './bedrock';
import { accessKeyOf } from './caller';
import { startDynamoDb } from './dynamodb';
import type { CapacityUnits } from './dynamodb/capacity';
import { type EventBridge, startEventBridge } from './eventbridge';
import type { Organization } from './eventbridge/permissions';
import { createInterceptor, type Fault, type Interceptor } from './faults';
import type { EmulatorContext } from './json-service';
import { type Listener, listen } from './listener';
import { MESSAGING_ACCOUNT, startMessaging } from './messaging';
import { startSecretsManager } from './secrets-manager';
import { startSsm } from './ssm';
import { type Sts, startSts } from './sts';
import { type SupportControl, startSupport } from './support';
import type { SupportSettings } from './support/settings';

export type { Call } from '../call-hooks';
export type { Fault } from './faults';

/** The emulated AWS: emulators on 127.0.0.1, each with its own endpoint variable. */
export interface Aws {
  readonly account: string;
  readonly region: string;
  /**
   * Environment variables for a process that uses it: AWS_REGION, dummy credentials, AWS_ENDPOINT_URL_<SERVICE> of every
   * emulator, and AWS_ENDPOINT_URL of a listener that rejects every call, so nothing can reach the real AWS.
   */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** What a bill would count. */
export interface Usage extends CapacityUnits {
  /**
   * By service and operation, e.g. `dynamodb.PutItem`, `sqs.SendMessage`. Includes rejected requests, the SDK's retries, and
   * the requests of pollers, `idle` and event delivery to queues.
   */
  requests: Record<string, number>;
}

/** The emulated AWS with the actions that only AWS itself can take. */
export interface LocalAws extends Aws {
  /** Puts an AWS service's event on the bus. */
  readonly emit: EventBridge['emit'];
  /** Resolves when every event so far has reached its targets. */
  readonly idle: EventBridge['idle'];
  /** AWS Support's own side: its engineer, plans, permissions, limits. */
  readonly support: SupportControl;
  /** Bedrock's own side: the behavior of the model, and the requests to it. */
  readonly bedrock: ModelControl;
  /** Registers a role that can be assumed. */
  readonly trust: Sts['trust'];
  /** Sets how many times faster than real seconds queue delays pass: SQS has no other clock. */
  setQueueRate(rate: number): void;
  /**
   * Makes a service's requests fail; undefined ends that. The fault applies when this resolves.
   * @param service `dynamodb`, `sqs`, `secretsmanager`, `ssm`, `events`, `sts`, `support` or `bedrock`
   */
  setFault(service: string, fault: Fault | undefined): Promise<void>;
  /**
   * Calls the hook before and after every operation and waits for it; the returned function ends that. SQS and SNS are not
   * included, because they run in their own thread.
   */
  readonly watch: Interceptor['watch'];
  usage(): Promise<Usage>;
}

export interface AwsOptions extends Partial<Omit<EmulatorContext, 'interceptor'>> {
  region?: string;
  /** From 0 to 1, for faults with a chance. */
  random?: () => number;
  /** Limits and delays of AWS Support; AWS's own limits by default. */
  support?: Partial<SupportSettings>;
  /** That accounts of this machine belong to, if any. */
  organization?: Organization;
}

/** Closes all listeners, then reports those that failed. */
async function closeAll(listeners: Listener[]): Promise<void> {
  const results = await Promise.allSettled(listeners.map((listener) => listener.close()));
  const failures = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
  if (failures.length > 0) throw new AggregateError(failures, 'Some emulators could not be closed.');
}

/**
 * Starts every emulator on 127.0.0.1 and a free port. Queues and topics are always in account 000000000000, which is therefore
 * the default account.
 */
export async function startAws(options: AwsOptions = {}): Promise<LocalAws> {
  const { account = MESSAGING_ACCOUNT, region = 'us-east-1', now = Date.now, log = console.warn } = options;
  const interceptor = createInterceptor(options.random);
  const context = { account, now, log, interceptor };
  const [messaging, dynamodb, sts, bedrock] = await Promise.all([
    startMessaging(region),
    startDynamoDb(context, region),
    startSts(context, region),
    startBedrock(context),
  ]);
  const [secrets, ssm, unsupported, events] = await Promise.all([
    startSecretsManager(context),
    startSsm(context),
    startUnsupported(log),
    startEventBridge(context, region, messaging.url, options.organization),
  ]);
  const { emit, idle } = events;
  const support = await startSupport({ ...context, region, emit, arnOf: sts.arnOf, settings: options.support });

  const intercepted = { dynamodb, eventbridge: events, secrets_manager: secrets, ssm, sts, support };
  const services = { ...intercepted, bedrock_runtime: bedrock, sqs: messaging, sns: messaging };

  return {
    ...{ account, region, emit, idle, support, bedrock },
    env: environmentOf({ account, region, services, unsupported }),
    trust: sts.trust,
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
      await closeAll([dynamodb, secrets, ssm, sts, bedrock, unsupported, messaging]);
    },
  };
}

interface Endpoints extends Pick<Aws, 'account' | 'region'> {
  /** By the SDK's names, e.g. `secrets_manager`. */
  readonly services: Readonly<Record<string, Listener>>;
  readonly unsupported: Listener;
}

const environmentOf = ({ account, region, services, unsupported }: Endpoints): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: accessKeyOf(account),
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_EC2_METADATA_DISABLED: 'true',
  ...Object.fromEntries(
    Object.entries(services).map(([name, { url }]) => [`AWS_ENDPOINT_URL_${name.toUpperCase()}`, url]),
  ),
  AWS_ENDPOINT_URL: unsupported.url,
});

/** Rejects calls to services without an emulator with 501, which clients do not retry. */
function startUnsupported(log: (line: string) => void): Promise<Listener> {
  return listen((request, response) => {
    const service = serviceOf(request.headers);
    log(`aws: rejected a call to ${service}: it has no emulator.`);
    const body = JSON.stringify({ __type: 'NotImplemented', message: `${service} has no emulator on this machine.` });
    request.resume();
    response.writeHead(501, { 'content-type': 'application/json' }).end(body);
  });
}

/** The service that a request is signed for, or that its X-Amz-Target names. Nothing else of the headers is logged. */
function serviceOf(headers: IncomingHttpHeaders): string {
  const [, signedFor] = /Credential=[^/,\s]+\/\d{8}\/[^/,\s]+\/([\w-]+)\//.exec(headers.authorization ?? '') ?? [];
  const [target] = /^[\w-]+/.exec(String(headers['x-amz-target'] ?? '')) ?? [];
  return signedFor ?? target ?? 'an unknown service';
}
