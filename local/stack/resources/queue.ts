import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type CreateResource, defaultName, type StackContext } from '../context';
import type { Properties } from '../values';
import { TemplateError } from '../values';

const ATTRIBUTES = [
  ...['DelaySeconds', 'MaximumMessageSize', 'MessageRetentionPeriod', 'ReceiveMessageWaitTimeSeconds'],
  ...['VisibilityTimeout', 'RedrivePolicy', 'RedriveAllowPolicy', 'FifoQueue', 'ContentBasedDeduplication'],
  ...['DeduplicationScope', 'FifoThroughputLimit', 'KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds'],
  'SqsManagedSseEnabled',
];

/** AWS::SQS::Queue */
export const createQueue: CreateResource = async (id, properties, context) => {
  properties.rejectUnknown(['QueueName', 'Tags', ...ATTRIBUTES]);
  checkQueue(properties);
  const fifo = properties.flag('FifoQueue');
  const QueueName = properties.text('QueueName') ?? defaultName(id, context) + (fifo ? '.fifo' : '');
  // SQS accepts FifoQueue only with the value true.
  const given = properties.texts(ATTRIBUTES.filter((name) => fifo || name !== 'FifoQueue'));
  const Attributes = { ...given, ...visibilityOf(given.VisibilityTimeout, context) };
  const { QueueUrl = '' } = await context.clients.sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  const { QueueArn = '' } = (await context.clients.sqs.send(asked)).Attributes ?? {};
  return { ref: QueueUrl, attributes: { Arn: QueueArn, QueueName, QueueUrl } };
};

/** SQS uses real time: the timeout is divided by the clock's rate and rounded up to whole seconds. */
function visibilityOf(seconds: string | undefined, { clock }: StackContext) {
  return seconds && { VisibilityTimeout: String(Math.ceil(Number(seconds) / clock.rate)) };
}

type IsViolated = (queue: { fifo: boolean; name: string | undefined; text(name: string): string }) => boolean;

/** Rules of SQS that fauxqs does not check (SQS API Reference, "CreateQueue"; "SetQueueAttributes"). */
const RULES: readonly (readonly [IsViolated, string])[] = [
  [
    ({ fifo, name }) => name !== undefined && name.endsWith('.fifo') !== fifo,
    'QueueName must end in .fifo if, and only if, FifoQueue is true.',
  ],
  [
    ({ fifo, text }) => !fifo && ['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'].some(text),
    'ContentBasedDeduplication, DeduplicationScope and FifoThroughputLimit are allowed for FIFO queues only.',
  ],
  [
    ({ text }) => text('FifoThroughputLimit') === 'perMessageGroupId' && text('DeduplicationScope') !== 'messageGroup',
    'FifoThroughputLimit perMessageGroupId needs DeduplicationScope messageGroup.',
  ],
  [
    ({ fifo, text }) =>
      isDeadLetterQueueFifo(text('RedrivePolicy')) !== undefined &&
      isDeadLetterQueueFifo(text('RedrivePolicy')) !== fifo,
    'The dead-letter queue of a FIFO queue must be a FIFO queue, and that of a standard queue a standard queue.',
  ],
];

/** @throws TemplateError for the first violated rule */
export function checkQueue(properties: Properties): void {
  const text = (name: string): string => properties.texts([name])[name] ?? '';
  const queue = { fifo: properties.flag('FifoQueue') === true, name: properties.text('QueueName'), text };
  const [, message] = RULES.find(([isViolated]) => isViolated(queue)) ?? [];
  if (message) throw new TemplateError(message);
}

/** Whether the dead-letter queue is a FIFO queue; undefined if there is none. */
function isDeadLetterQueueFifo(policy: string): boolean | undefined {
  return policy === '' ? undefined : /\.fifo"/.test(policy);
}
