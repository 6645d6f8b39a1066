import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { openPoller } from '../../lambda/sqs-poller';
import { createProperties, type Properties } from '../properties';
import type { StackContext } from '../site';
import { TemplateError } from '../template-error';
import type { Connect, Deployed } from './event-source';

/**
 * Batches at a time. Lambda begins with five for a standard queue, and for a FIFO queue has one for each message group that
 * has work (Developer Guide, "Configuring scaling behavior for SQS event source mappings"); here as many as a function has
 * environments.
 */
const CONCURRENCY = { standard: 5, fifo: 10 } as const;

/** The event type SQS. */
export const connectQueue: Connect = async (_name, properties, deployed, site) => {
  const used = ['Queue', 'BatchSize', 'Enabled', 'FunctionResponseTypes', 'ScalingConfig'];
  properties.rejectUnknown([...used, 'MaximumBatchingWindowInSeconds']);
  if (properties.flag('Enabled') === false) return;
  const queueArn = properties.requiredText('Queue');
  const queueUrl = await urlOf(queueArn, site);
  await checkVisibility(queueUrl, deployed, site);
  const source = {
    queueArn,
    queueUrl,
    region: site.region,
    ...limitsOf(properties, queueArn.endsWith('.fifo')),
    reportsFailures: properties.list('FunctionResponseTypes').includes('ReportBatchItemFailures'),
  };
  const start = () => openPoller(site.clients.sqs, source, deployed.code.invoke, deployed.log);
  site.sources.push({ queueUrl, start });
};

/** What Lambda refuses too: Developer Guide, "Amazon SQS event source mapping parameters" and "Configuring maximum concurrency". */
function limitsOf(properties: Properties, fifo: boolean): { batchSize: number; concurrency: number } {
  const batchSize = properties.number('BatchSize') ?? 10;
  const most = createProperties(properties.mapping('ScalingConfig')).number('MaximumConcurrency');
  if (batchSize < 1 || batchSize > (fifo ? 10 : 10_000))
    throw new TemplateError('BatchSize must be from 1 to 10 for a FIFO queue, and to 10,000 for another.');
  if (fifo && properties.number('MaximumBatchingWindowInSeconds'))
    throw new TemplateError('MaximumBatchingWindowInSeconds is not for FIFO queues.');
  if (most !== undefined && (most < 2 || most > 1000))
    throw new TemplateError('MaximumConcurrency must be from 2 to 1000.');
  return { batchSize, concurrency: most ?? (fifo ? CONCURRENCY.fifo : CONCURRENCY.standard) };
}

async function urlOf(arn: string, { clients }: StackContext): Promise<string> {
  const { QueueUrl = '' } = await clients.sqs.send(new GetQueueUrlCommand({ QueueName: arn.split(':').at(-1) }));
  return QueueUrl;
}

/** Lambda refuses such a mapping too, when the stack is deployed. */
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
