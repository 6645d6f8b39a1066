import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { createLog } from '../shared/log';
import { readSettings } from '../shared/settings';
import { hearAgain } from './announce/hear-again';
import { poll } from './announce/poll';
import { openPostponing } from './aws/postponing';
import { openBureau } from './open-bureau';
import { work } from './work';

const log = createLog('case-bot');
const settings = readSettings('worker', process.env, log);
const bureau = openBureau(settings, log);
const postponeIn = openPostponing();
const updates = settings.caseUpdateQueueUrl.split('/').at(-1);

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
  const queue = isUpdate ? settings.caseUpdateQueueUrl : settings.caseQueueUrl;
  const postpone = (seconds: number) => postponeIn(queue, receiptHandle, seconds);
  return isUpdate ? hearAgain(body, tries, bureau, postpone) : work(body, tries, bureau, postpone);
}
