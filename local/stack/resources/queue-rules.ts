import type { Properties } from '../properties';
import { TemplateError } from '../template-error';

type Breaks = (queue: { fifo: boolean; name: string | undefined; text(name: string): string }) => boolean;

/** What SQS refuses when a queue is created and fauxqs does not (SQS API Reference, "CreateQueue"; "SetQueueAttributes"). */
const RULES: readonly (readonly [Breaks, string])[] = [
  [
    ({ fifo, name }) => name !== undefined && name.endsWith('.fifo') !== fifo,
    'QueueName must end in .fifo if, and only if, FifoQueue is true.',
  ],
  [
    ({ fifo, text }) => !fifo && ['ContentBasedDeduplication', 'DeduplicationScope', 'FifoThroughputLimit'].some(text),
    'ContentBasedDeduplication, DeduplicationScope and FifoThroughputLimit are for FIFO queues.',
  ],
  [
    ({ text }) => text('FifoThroughputLimit') === 'perMessageGroupId' && text('DeduplicationScope') !== 'messageGroup',
    'FifoThroughputLimit perMessageGroupId needs DeduplicationScope messageGroup.',
  ],
  [
    ({ fifo, text }) => deadLetters(text('RedrivePolicy')) !== undefined && deadLetters(text('RedrivePolicy')) !== fifo,
    'The dead letters of a FIFO queue must go to a FIFO queue, and those of another to another.',
  ],
];

/** Throws TemplateError for the first rule that a queue breaks. */
export function checkQueue(properties: Properties): void {
  const text = (name: string): string => properties.texts([name])[name] ?? '';
  const queue = { fifo: properties.flag('FifoQueue') === true, name: properties.text('QueueName'), text };
  const [, words] = RULES.find(([breaks]) => breaks(queue)) ?? [];
  if (words) throw new TemplateError(words);
}

/** Whether the queue of dead letters is a FIFO queue; undefined where there is none. */
function deadLetters(policy: string): boolean | undefined {
  return policy === '' ? undefined : /\.fifo"/.test(policy);
}
