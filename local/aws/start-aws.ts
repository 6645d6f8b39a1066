import type { Aws } from './aws';
import { accessKeyOf } from './caller';
import { startDynamoDb } from './dynamodb';
import { type EventBridge, startEventBridge } from './eventbridge';
import type { Surroundings } from './json-service';
import type { Listener } from './listener';
import { MESSAGING_ACCOUNT, startMessaging } from './messaging';
import { startRefusing } from './refuse';
import { startSecretsManager } from './secrets-manager';
import { startSsm } from './ssm';
import { type Sts, startSts } from './sts';

/** The AWS of this machine, with what only AWS itself can do. */
export interface LocalAws extends Aws {
  /** An AWS service says that something has happened. */
  readonly emit: EventBridge['emit'];
  /** Resolves when every event so far has reached its targets. */
  readonly idle: EventBridge['idle'];
  /** Registers a role that may be assumed. */
  readonly trust: Sts['trust'];
  /** Deletes the expired items of all tables now; it also happens by itself. */
  sweep(): Promise<number>;
}

export interface AwsOptions extends Partial<Surroundings> {
  region?: string;
}

/** Closes all, and only then reports what could not be closed. */
async function closeAll(listeners: Listener[]): Promise<void> {
  const results = await Promise.allSettled(listeners.map((listener) => listener.close()));
  const failures = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
  if (failures.length > 0) throw new AggregateError(failures, 'Not all of AWS could be closed.');
}

/**
 * Starts every emulator on 127.0.0.1 and ports that are free. Queues and topics always live in account 000000000000,
 * which is therefore the account unless another is wanted.
 */
export async function startAws(options: AwsOptions = {}): Promise<LocalAws> {
  const { account = MESSAGING_ACCOUNT, region = 'us-east-1', now = Date.now, log = console.warn } = options;
  const surroundings = { account, now, log };
  const [messaging, dynamodb, secrets, ssm, sts, refusing] = await Promise.all([
    startMessaging(region),
    startDynamoDb(surroundings, region),
    startSecretsManager(surroundings),
    startSsm(surroundings),
    startSts(surroundings),
    startRefusing(log),
  ]);
  const events = await startEventBridge(surroundings, region, messaging.url);

  return {
    account,
    region,
    env: {
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
      AWS_ACCESS_KEY_ID: accessKeyOf(account),
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL: refusing.url,
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url,
      AWS_ENDPOINT_URL_SQS: messaging.url,
      AWS_ENDPOINT_URL_SNS: messaging.url,
      AWS_ENDPOINT_URL_EVENTBRIDGE: events.url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      AWS_ENDPOINT_URL_SSM: ssm.url,
      AWS_ENDPOINT_URL_STS: sts.url,
    },
    emit: events.emit,
    idle: events.idle,
    trust: sts.trust,
    sweep: dynamodb.sweep,
    async close() {
      await events.close();
      await closeAll([dynamodb, secrets, ssm, sts, refusing, messaging]);
    },
  };
}
