import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { accessKeyOf } from '../caller';
import { optionalRecord, optionalText } from '../input';
import { queueUrl } from '../messaging';
import { ServiceError } from '../service-error';
import type { Target } from './bus';

/** Sends a message to a topic or a queue by its ARN. */
export interface Sender {
  send(target: Target, message: string): Promise<void>;
  close(): void;
}

/** @param endpoint where SQS and SNS are answered on this machine */
export function openSender(endpoint: string, region: string): Sender {
  const credentials = { accessKeyId: accessKeyOf('000000000000'), secretAccessKey: 'local' };
  const sns = new SNSClient({ endpoint, region, credentials });
  const sqs = new SQSClient({ endpoint, region, credentials, useQueueUrlAsEndpoint: false });

  const ways: Readonly<Record<string, (target: Target, message: string) => Promise<unknown>>> = {
    sns: ({ arn }, Message) => sns.send(new PublishCommand({ TopicArn: arn, Message })),
    sqs({ arn, settings }, MessageBody) {
      const QueueUrl = queueUrl(endpoint, arn);
      const group = optionalText(optionalRecord(settings, 'SqsParameters') ?? {}, 'MessageGroupId');
      return sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: group }));
    },
  };

  return {
    async send(target, message) {
      const service = target.arn.split(':')[2] ?? '';
      const way = ways[service];
      if (!way) throw new ServiceError('ResourceNotFoundException', `Nothing answers for ${target.arn}.`);
      await way(target, message);
    },
    close() {
      sns.destroy();
      sqs.destroy();
    },
  };
}
