import { GetQueueAttributesCommand, GetQueueUrlCommand } from '@aws-sdk/client-sqs';
import { parsePattern } from '../../http-api/routes';
import type { LambdaFunction } from '../../lambda/function';
import { openSchedule } from '../../lambda/schedule';
import { openPoller } from '../../lambda/sqs-poller';
import type { StackContext } from '../context';
import { createProperties, type Properties, TemplateError } from '../values';

/** A function whose events are connected. */
export interface Deployed {
  readonly code: LambdaFunction;
  /** Seconds. */
  readonly timeout: number;
  log(line: string): void;
}

/** Connects a function to one of its Events. */
type Connect = (name: string, properties: Properties, deployed: Deployed, context: StackContext) => Promise<void>;

/** Limits of an HTTP API's integration timeout; the maximum is the default. */
const [MIN_TIMEOUT_MS, MAX_TIMEOUT_MS] = [50, 30_000];

/** Event type HttpApi: a route to the function. ApiId is required, so no implicit API is created. */
const connectHttp: Connect = async (_name, properties, deployed, context) => {
  properties.rejectUnknown(['ApiId', 'Path', 'Method', 'PayloadFormatVersion', 'TimeoutInMillis']);
  const format = properties.text('PayloadFormatVersion') ?? '2.0';
  if (format !== '2.0') throw new TemplateError('PayloadFormatVersion must be "2.0" on the local stack.');
  const pattern = parsePattern(properties.requiredText('Method'), properties.requiredText('Path'));
  const api = context.apis.get(properties.requiredText('ApiId'));
  if (!api) throw new TemplateError('ApiId is not the id of an HTTP API of this stack.');
  api.add({ pattern, timeoutMs: timeoutOf(properties), throttle: api.throttle, invoke: deployed.code.invoke });
};

function timeoutOf(properties: Properties): number {
  const timeout = properties.number('TimeoutInMillis') ?? MAX_TIMEOUT_MS;
  const isInRange = timeout >= MIN_TIMEOUT_MS && timeout <= MAX_TIMEOUT_MS;
  if (!isInRange) throw new TemplateError(`TimeoutInMillis must be from ${MIN_TIMEOUT_MS} to ${MAX_TIMEOUT_MS}.`);
  return timeout;
}

/**
 * Concurrent batches. Lambda starts with five for a standard queue, and uses one per active message group for a FIFO queue
 * (Developer Guide, "Configuring scaling behavior for SQS event source mappings"); here one per environment of a function.
 */
const CONCURRENCY = { standard: 5, fifo: 10 } as const;

/** Event type SQS. */
const connectQueue: Connect = async (_name, properties, deployed, context) => {
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

const UNITS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Event type Schedule: an EventBridge rule with the function as target (SAM Developer Guide, "Schedule"). */
const connectSchedule: Connect = async (name, properties, deployed, { clock, sources }) => {
  properties.rejectUnknown(['Schedule', 'Description', 'Input']);
  const interval = intervalOf(properties.requiredText('Schedule'));
  const input = inputOf(properties);
  const call = async (): Promise<void> => {
    const failed = (error: unknown): void => deployed.log(`${name} failed: ${error}`);
    await deployed.code.invoke(input).catch(failed);
  };
  sources.push({ start: () => openSchedule(interval, clock, call) });
};

/** Milliseconds of `rate(1 minute)`, `rate(5 minutes)`; as in EventBridge, only 1 takes the singular. */
function intervalOf(expression: string): number {
  const [, count = '', unit = '', plural] = /^rate\((\d+) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const isValid = Number(count) > 0 && (count === '1') === (plural === '');
  if (!isValid) throw new TemplateError(`Schedule: ${expression} is not supported by the local stack: give a rate.`);
  return Number(count) * (UNITS[unit] ?? 0);
}

function inputOf(properties: Properties): unknown {
  try {
    return JSON.parse(properties.requiredText('Input'));
  } catch (error) {
    throw new TemplateError('A schedule needs an Input that is valid JSON.', { cause: error });
  }
}

/** The event types of an AWS::Serverless::Function. */
export const EVENT_SOURCES: Readonly<Record<string, Connect>> = {
  HttpApi: connectHttp,
  SQS: connectQueue,
  Schedule: connectSchedule,
};
