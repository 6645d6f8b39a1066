import { complete, field, isLoose, type Loose, type Shape, textOf } from './shape';

/** What Lambda hands over in batches: `Records`, whatever service they are from. */
export const records: Shape = {
  fits: (found) => Array.isArray(field(found, 'Records')),
  read: (found, hints) => ({ inside: field(found, 'Records'), hints }),
};

/** One SQS record: its body is unwrapped, its id stands in where the event has none. */
export const sqs: Shape = {
  fits: (found) =>
    textOf(found, 'eventSource') === 'aws:sqs' || (isQueued(found) && field(found, 'body') !== undefined),
  read: (found, hints) => ({
    inside: field(found, 'body') ?? '',
    hints: { ...hints, id: textOf(found, 'messageId') || hints.id, time: sentTime(found) ?? hints.time },
  }),
};

const isQueued = (found: Loose): boolean => field(found, 'receiptHandle') !== undefined;

function sentTime(found: Loose): string | undefined {
  const attributes = field(found, 'attributes');
  const sent = isLoose(attributes) ? Number(textOf(attributes, 'SentTimestamp')) : 0;
  return sent > 0 && sent < 8.64e15 ? new Date(sent).toISOString() : undefined;
}

/** A service's own record (S3, SES, DynamoDB, ...): `eventSource: "aws:s3"` becomes source `aws.s3`. */
export const serviceRecord: Shape = {
  fits: (found) => /^aws[:.]/.test(textOf(found, 'eventSource')),
  read: (found, hints) => ({
    events: [
      complete(
        {
          id: textOf(found, 'eventID') || undefined,
          source: textOf(found, 'eventSource').replace(':', '.'),
          'detail-type': textOf(found, 'eventName'),
          region: textOf(found, 'awsRegion'),
          time: textOf(found, 'eventTime'),
          detail: found,
        },
        hints,
      ),
    ],
  }),
};
