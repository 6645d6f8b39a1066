import { setTimeout as sleep } from 'node:timers/promises';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { accessKeyOf } from '../caller';
import { optionalRecord, optionalText } from '../input';
import { queueUrl } from '../messaging';
import { ServiceError } from '../service-error';
import type { Bus, Buses, Rule, Target } from './buses';
import type { BusEvent } from './event';
import type { IsAuthorized } from './permissions';
import { compileMessage } from './rules';

/** EventBridge retries for a day; three attempts are enough on one machine. */
const RETRY_DELAYS_MS = [50, 200];

/** Delivers events to the targets of matching rules in the background. */
export interface Delivery {
  deliver(event: BusEvent, bus: Bus): void;
  /** Resolves when no delivery is in progress. */
  idle(): Promise<void>;
  close(): void;
}

interface DeliveryDeps {
  readonly buses: Buses;
  readonly isAuthorized: IsAuthorized;
  readonly messagingUrl: string;
  readonly region: string;
  log(line: string): void;
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);

/**
 * A delivery that fails three times goes to the target's dead-letter queue, if there is one, and to the log. EventBridge
 * forwards an event from bus to bus once only.
 */
export function createDelivery({ buses, isAuthorized, log, messagingUrl, region }: DeliveryDeps): Delivery {
  const inProgress = new Set<Promise<void>>();
  const sender = createSender(messagingUrl, region);

  async function sendWithRetry(target: Target, message: string): Promise<void> {
    for (const delay of RETRY_DELAYS_MS) {
      try {
        return await sender.send(target, message);
      } catch {
        await sleep(delay);
      }
    }
    await sender.send(target, message);
  }

  async function deadLetter(error: unknown, event: BusEvent, rule: Rule, target: Target): Promise<void> {
    log(`eventbridge: rule ${rule.name} could not deliver an event to ${target.arn}: ${reasonOf(error)}`);
    const arn = optionalText(optionalRecord(target.settings, 'DeadLetterConfig') ?? {}, 'Arn');
    if (arn) await sender.send({ arn }, JSON.stringify(event));
  }

  function track(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => log(`eventbridge: an event is lost: ${reasonOf(error)}`))
      .finally(() => inProgress.delete(tracked));
    inProgress.add(tracked);
  }

  /** In the name of the rule's account. Only a rule with a role proves its organization ("Permissions for event buses"). */
  async function forward(event: BusEvent, rule: Rule, target: Target): Promise<void> {
    const bus = buses.find(target.arn, event);
    const account = rule.arn.split(':')[4] ?? '';
    const hasRole = optionalText(target.settings, 'RoleArn') !== undefined;
    if (!bus || !isAuthorized(bus, account, hasRole))
      throw new ServiceError('NO_PERMISSIONS', `${account} may not put events on this bus.`);
    deliverTo(bus, event, true);
  }

  function deliverTo(bus: Bus, event: BusEvent, isForwarded: boolean): void {
    for (const rule of bus.rules.values()) {
      if (!rule.isEnabled || !rule.matches(event)) continue;
      for (const target of rule.targets.values()) deliverToTarget(event, rule, target, isForwarded);
    }
  }

  function deliverToTarget(event: BusEvent, rule: Rule, target: Target, isForwarded: boolean): void {
    const isBus = target.arn.includes(':event-bus/');
    if (isBus && isForwarded) return;
    const sent = isBus ? forward(event, rule, target) : sendWithRetry(target, compileMessage(target)(event, rule));
    track(sent.catch((error: unknown) => deadLetter(error, event, rule, target)));
  }

  return {
    deliver: (event, bus) => deliverTo(bus, event, false),
    close: sender.close,
    async idle() {
      while (inProgress.size > 0) await Promise.all(inProgress);
    },
  };
}

/** Sends messages to topics and queues by their ARN. */
function createSender(endpoint: string, region: string) {
  const credentials = { accessKeyId: accessKeyOf('000000000000'), secretAccessKey: 'local' };
  const sns = new SNSClient({ endpoint, region, credentials });
  const sqs = new SQSClient({ endpoint, region, credentials, useQueueUrlAsEndpoint: false });

  return {
    async send({ arn }: Pick<Target, 'arn'>, message: string): Promise<void> {
      if (arn.split(':')[2] === 'sns') {
        await sns.send(new PublishCommand({ TopicArn: arn, Message: message }));
        return;
      }
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl(endpoint, arn), MessageBody: message }));
    },
    close(): void {
      sns.destroy();
      sqs.destroy();
    },
  };
}
