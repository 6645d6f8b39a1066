import {
  EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { accessKeyOf } from '../caller';
import { startEventBridge } from '../eventbridge';
import { MESSAGING_ACCOUNT, queueUrl, startMessaging } from '../messaging';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const MEMBER = '444455556666';
export const ORGANIZATION = { id: 'o-a1b2c3d4e5', accounts: [ACCOUNT, MEMBER] };
export const NOW = Date.parse('2026-11-20T08:00:00.999Z');

/** EventBridge wired to queues and topics, and clients for all of them: what the tests of this folder stand on. */
export async function wireEventBridge() {
  const log: string[] = [];
  const messaging = await startMessaging(REGION);
  const surroundings = { account: ACCOUNT, now: () => NOW, log: (line: string) => void log.push(line) };
  const eventBridge = await startEventBridge(surroundings, REGION, messaging.url, ORGANIZATION);

  const settings = (accessKeyId: string) => ({ region: REGION, credentials: { accessKeyId, secretAccessKey: 'x' } });
  const clientOf = (accessKey: string, region = REGION) =>
    new EventBridgeClient({ ...settings(accessKey), region, endpoint: eventBridge.url });
  const events = clientOf(accessKeyOf(ACCOUNT));
  const sqs = new SQSClient({ ...settings('AKIA'), endpoint: messaging.url, useQueueUrlAsEndpoint: false });
  const sns = new SNSClient({ ...settings('AKIA'), endpoint: messaging.url });

  const queueArn = (name: string) => `arn:aws:sqs:${REGION}:${MESSAGING_ACCOUNT}:${name}`;

  return {
    log,
    events,
    eventBridge,
    clientOf,
    queueArn,
    async queue(QueueName: string): Promise<string> {
      await sqs.send(new CreateQueueCommand({ QueueName }));
      return queueArn(QueueName);
    },
    /** A topic that this queue is subscribed to. */
    async topic(Name: string, queue: string): Promise<string> {
      const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name }));
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: queue }));
      return TopicArn;
    },
    /** What has arrived in a queue by now. */
    async received(queue: string): Promise<string[]> {
      await eventBridge.idle();
      const QueueUrl = queueUrl(messaging.url, queue);
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      return Messages.map(({ Body = '' }) => Body);
    },
    async rule(Name: string, pattern: object, ...targets: Omit<Target, 'Id'>[]): Promise<void> {
      await events.send(new PutRuleCommand({ Name, EventPattern: JSON.stringify(pattern) }));
      const Targets = targets.map((target, index): Target => ({ Id: String(index), ...target }) as Target);
      await events.send(new PutTargetsCommand({ Rule: Name, Targets }));
    },
    put: (...Entries: PutEventsRequestEntry[]) => events.send(new PutEventsCommand({ Entries })),
    async close(): Promise<void> {
      for (const client of [events, sqs, sns]) client.destroy();
      await eventBridge.close();
      await messaging.close();
    },
  };
}

export type Wired = Awaited<ReturnType<typeof wireEventBridge>>;
