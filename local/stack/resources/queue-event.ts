import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { openPoller } from '../../lambda/sqs-poller';
import { openProperties } from '../properties';
import type { Site } from '../site';
import { TemplateError } from '../template-error';
import type { Connect, Deployed } from './event-source';

/** Batches that Lambda begins with for a standard queue (Developer Guide, "Scaling and SQS event source mappings"). */
const CONCURRENCY = 5;

/** The event type SQS. */
export const connectQueue: Connect = async (_name, properties, deployed, site) => {
  const used = ['Queue', 'BatchSize', 'Enabled', 'FunctionResponseTypes', 'ScalingConfig'];
  properties.only([...used, 'MaximumBatchingWindowInSeconds']);
  if (properties.flag('Enabled') === false) return;
  const queueArn = properties.needed('Queue');
  const queueUrl = await urlOf(queueArn, site);
  await checkVisibility(queueUrl, deployed, site);
  const source = {
    queueArn,
    queueUrl,
    region: site.region,
    batchSize: properties.number('BatchSize') ?? 10,
    concurrency: openProperties(properties.mapping('ScalingConfig')).number('MaximumConcurrency') ?? CONCURRENCY,
    reportsFailures: properties.list('FunctionResponseTypes').includes('ReportBatchItemFailures'),
  };
  const start = () => openPoller(site.clients.sqs, source, deployed.code.invoke, deployed.log);
  site.sources.push({ queueUrl, start });
};

async function urlOf(arn: string, { clients }: Site): Promise<string> {
  const { QueueUrl = '' } = await clients.sqs.send(new GetQueueUrlCommand({ QueueName: arn.split(':').at(-1) }));
  return QueueUrl;
}

/** Lambda refuses such a mapping too, when the stack is deployed. */
async function checkVisibility(QueueUrl: string, { code, timeout }: Deployed, { clients, clock }: Site): Promise<void> {
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout'] });
  const visibility = Number((await clients.sqs.send(asked)).Attributes?.VisibilityTimeout) * clock.rate;
  if (visibility < timeout)
    throw new TemplateError(
      `The queue's VisibilityTimeout of ${visibility} seconds is less than the ${timeout} seconds of ${code.name}.`,
    );
}
