import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { handleCaseEventWithRetry } from './updates/hear-again';
import { poll } from './updates/poll';
import { createPostpone } from './aws/postponing';
import { createWorkerContext } from './worker-context';
import { readWorkerSettings } from './settings';
import { processMessage } from './conversation/process-message';

const settings = readWorkerSettings(process.env);
const bureau = createWorkerContext(settings);
const postponeIn = createPostpone();
const updates = settings.updates.split('/').at(-1);

/** What the template's schedule sends; nothing that comes over a queue can be it. */
type Poll = { casebell: 'poll' };

/** Lambda's entry: what people say, one message at a time in the order of its conversation; what AWS says of cases; and the poll. */
export const handler = async (input: SQSEvent | Poll): Promise<SQSBatchResponse | undefined> => {
  try {
    if ('casebell' in input) return void (await poll(bureau));
    return await handleAll(input);
  } finally {
    bureau.metrics.flush();
  }
};

async function handleAll(input: SQSEvent): Promise<SQSBatchResponse> {
  const failed: string[] = [];
  for (const record of input.Records) {
    const isDone = failed.length === 0 && (await handle(record));
    if (!isDone) failed.push(record.messageId);
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

/** False: it must come again. */
function handle({ body, attributes, receiptHandle, eventSourceARN }: SQSRecord): Promise<boolean> {
  const tries = Number(attributes.ApproximateReceiveCount);
  const isUpdate = eventSourceARN.split(':').at(-1) === updates;
  const queue = isUpdate ? settings.updates : settings.queue;
  const postpone = (seconds: number) => postponeIn(queue, receiptHandle, seconds);
  return isUpdate ? handleCaseEventWithRetry(body, tries, bureau, postpone) : processMessage(body, tries, bureau, postpone);
}
