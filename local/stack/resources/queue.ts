import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type CreateResource, defaultName, type StackContext } from '../site';
import { checkQueue } from './queue-rules';

const ATTRIBUTES = [
  ...['DelaySeconds', 'MaximumMessageSize', 'MessageRetentionPeriod', 'ReceiveMessageWaitTimeSeconds'],
  ...['VisibilityTimeout', 'RedrivePolicy', 'RedriveAllowPolicy', 'FifoQueue', 'ContentBasedDeduplication'],
  ...['DeduplicationScope', 'FifoThroughputLimit', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds'],
  'SqsManagedSseEnabled',
];

/** AWS::SQS::Queue */
export const createQueue: CreateResource = async (id, properties, site) => {
  properties.rejectUnknown(['QueueName', 'Tags', ...ATTRIBUTES]);
  checkQueue(properties);
  const fifo = properties.flag('FifoQueue');
  const QueueName = properties.text('QueueName') ?? defaultName(id, site) + (fifo ? '.fifo' : '');
  /** SQS takes FifoQueue only where it is true. */
  const given = properties.texts(ATTRIBUTES.filter((name) => fifo || name !== 'FifoQueue'));
  const Attributes = { ...given, ...visibilityOf(given.VisibilityTimeout, site) };
  const { QueueUrl = '' } = await site.clients.sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  const { QueueArn = '' } = (await site.clients.sqs.send(asked)).Attributes ?? {};
  return { ref: QueueUrl, attributes: { Arn: QueueArn, QueueName, QueueUrl } };
};

/** SQS keeps real time, so a queue that is created while the clock runs fast gets as much less of it, in whole seconds. */
function visibilityOf(seconds: string | undefined, { clock }: StackContext) {
  return seconds && { VisibilityTimeout: String(Math.ceil(Number(seconds) / clock.rate)) };
}
