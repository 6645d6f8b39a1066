import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { openPoller } from '../../lambda/sqs-poller';
import type { StackContext } from '../context';
import { createProperties, type Properties, TemplateError } from '../values';
import type { Connect, Deployed } from './event-source';

/**
 * Concurrent batches. Lambda starts with five for a standard queue, and uses one per active message group for a FIFO queue
 * (Developer Guide, "Configuring scaling behavior for SQS event source mappings"); here one per environment of a function.
 */
const CONCURRENCY = { standard: 5, fifo: 10 } as const;

/** Event type SQS. */
export const connectQueue: Connect = async (_name, properties, deployed, context) => {
  const used = ['Queue', 'BatchSize', 'Enabled', 'FunctionResponseTypes', 'ScalingConfig'];
  properties.rejectUnknown([...used, 'MaximumBatchingWindowInSeconds']);
  if (properties.flag('Enabled') === false) return;
  const queueArn = properties.requiredText('Queue');
  const queueUrl = await urlOf(queueArn, context);
  await checkVisibility(queueUrl, deployed, context);
  const source = {
    queueArn,
    queueUrl,
    region: context.region,
    ...limitsOf(properties, queueArn.endsWith('.fifo')),
    reportsFailures: properties.list('FunctionResponseTypes').includes('ReportBatchItemFailures'),
  };
  const start = () => openPoller(context.clients.sqs, source, deployed.code.invoke, deployed.log);
  context.sources.push({ queueUrl, start });
};

/** Lambda's limits (Developer Guide, "Amazon SQS event source mapping parameters" and "Configuring maximum concurrency"). */
function limitsOf(properties: Properties, fifo: boolean): { batchSize: number; concurrency: number } {
  const batchSize = properties.number('BatchSize') ?? 10;
  const maximum = createProperties(properties.mapping('ScalingConfig')).number('MaximumConcurrency');
  if (batchSize < 1 || batchSize > (fifo ? 10 : 10_000))
    throw new TemplateError('BatchSize must be from 1 to 10 for a FIFO queue, and from 1 to 10,000 otherwise.');
  if (fifo && properties.number('MaximumBatchingWindowInSeconds'))
    throw new TemplateError('MaximumBatchingWindowInSeconds is not allowed for FIFO queues.');
  if (maximum !== undefined && (maximum < 2 || maximum > 1000))
    throw new TemplateError('MaximumConcurrency must be from 2 to 1000.');
  return { batchSize, concurrency: maximum ?? (fifo ? CONCURRENCY.fifo : CONCURRENCY.standard) };
}

async function urlOf(arn: string, { clients }: StackContext): Promise<string> {
  const { QueueUrl = '' } = await clients.sqs.send(new GetQueueUrlCommand({ QueueName: arn.split(':').at(-1) }));
  return QueueUrl;
}

/** Lambda rejects such a mapping too. */
async function checkVisibility(
  QueueUrl: string,
  { code, timeout }: Deployed,
  { clients, clock }: StackContext,
): Promise<void> {
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] });
  const visibility = Number((await clients.sqs.send(asked)).Attributes?.VisibilityTimeout) * clock.rate;
  if (visibility < timeout)
    throw new TemplateError(
      `The queue's VisibilityTimeout of ${visibility} seconds is less than the ${timeout} seconds of ${code.name}.`,
    );
}
