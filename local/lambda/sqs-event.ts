import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSMessageAttribute, SQSRecord, SQSRecordAttributes } from 'aws-lambda';

export interface QueueOrigin {
  queueArn: string;
  region: string;
}

/** Received messages as a function's event (Developer Guide, "Using Lambda with Amazon SQS"). */
export function toSqsEvent(messages: readonly Message[], origin: QueueOrigin): SQSEvent {
  return { Records: messages.map((message) => recordOf(message, origin)) };
}

function recordOf(message: Message, { queueArn, region }: QueueOrigin): SQSRecord {
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: attributesOf(message.Attributes ?? {}),
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, messageAttributeOf(value)]),
    ),
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

function attributesOf(attributes: Partial<Record<string, string>>): SQSRecordAttributes {
  const always = { ApproximateReceiveCount: '', SentTimestamp: '', SenderId: '', ApproximateFirstReceiveTimestamp: '' };
  return { ...always, ...attributes };
}

function messageAttributeOf(value: MessageAttributeValue): SQSMessageAttribute {
  return {
    ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
    ...(value.BinaryValue === undefined ? {} : { binaryValue: Buffer.from(value.BinaryValue).toString('base64') }),
    stringListValues: [],
    binaryListValues: [],
    dataType: value.DataType ?? 'String',
  };
}

/**
 * The ids of messages to be retried, by the rules of `ReportBatchItemFailures` (Developer Guide, "Implementing partial batch
 * responses"): null, an empty object and an empty list are a complete success; an empty or unknown identifier, or a result of
 * another shape, is a complete failure.
 */
export function failedMessageIds(result: unknown, all: readonly string[]): readonly string[] {
  const failures = failuresOf(result);
  const known = failures?.every((id) => typeof id === 'string' && all.includes(id));
  return known ? all.filter((id) => failures?.includes(id)) : all;
}

function failuresOf(result: unknown): unknown[] | undefined {
  if (result === null || result === undefined) return [];
  if (typeof result !== 'object' || Array.isArray(result)) return undefined;
  const list: unknown = 'batchItemFailures' in result ? result.batchItemFailures : null;
  if (list === null) return [];
  return Array.isArray(list) ? list.map((failure) => Object(failure).itemIdentifier) : undefined;
}

/**
 * Messages of a FIFO queue that a function reports as processed although an earlier message of their group failed. The order is
 * lost then: a function must also report all later messages of the group (Lambda Developer Guide, "Implementing partial batch
 * responses").
 */
export function outOfOrderSuccesses(messages: readonly Message[], failed: readonly string[]): Message[] {
  const failedGroups = new Set<string>();
  return messages.filter(({ MessageId = '', Attributes }) => {
    const group = Attributes?.MessageGroupId;
    if (group === undefined) return false;
    if (failed.includes(MessageId)) failedGroups.add(group);
    return failedGroups.has(group) && !failed.includes(MessageId);
  });
}
