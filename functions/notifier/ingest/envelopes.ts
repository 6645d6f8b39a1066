import type { AwsEvent } from '../../../plugins/formatter';
import { alarmActionEvent, alarmMessageEvent, parseArn } from './alarms';
import { field, fieldText, fingerprint, isObject, type JsonObject, stringify } from './json';

/** What outer envelopes say about an event: the SNS message's id, topic and time, the SQS record's id. */
export interface EnvelopeMetadata {
  id?: string;
  time?: string;
  subject?: string;
  topic?: string;
}

/** Events, or content that has to be unwrapped further. */
export type ParseResult = { events: AwsEvent[] } | { content: unknown; metadata: EnvelopeMetadata };

/** One form in which an event can arrive. */
export interface Envelope {
  matches(object: JsonObject): boolean;
  parse(object: JsonObject, metadata: EnvelopeMetadata): ParseResult;
}

const oneEvent =
  (toEvent: (object: JsonObject) => Partial<AwsEvent>): Envelope['parse'] =>
  (object, metadata) => ({ events: [withDefaults(toEvent(object), metadata)] });

/** What Lambda receives in batches: `Records` of any service. */
const records: Envelope = {
  matches: (object) => Array.isArray(field(object, 'Records')),
  parse: (object, metadata) => ({ content: field(object, 'Records'), metadata }),
};

/** An SQS record. Its id is used where the event has none. */
const sqsRecord: Envelope = {
  matches: (object) =>
    fieldText(object, 'eventSource') === 'aws:sqs' ||
    (field(object, 'receiptHandle') !== undefined && field(object, 'body') !== undefined),
  parse: (object, metadata) => ({
    content: field(object, 'body') ?? '',
    metadata: { ...metadata, id: fieldText(object, 'messageId') || metadata.id, time: sentAt(object) ?? metadata.time },
  }),
};

function sentAt(object: JsonObject): string | undefined {
  const attributes = field(object, 'attributes');
  const sent = isObject(attributes) ? Number(fieldText(attributes, 'SentTimestamp')) : 0;
  return sent > 0 && sent < 8.64e15 ? new Date(sent).toISOString() : undefined;
}

/** An SNS message: as Lambda gets it (`Sns` in a record), and as SQS and HTTP get it (the notification envelope). */
const snsMessage: Envelope = {
  matches: (object) => isObject(field(object, 'Sns')) || isNotification(object),
  parse: (object, metadata) => {
    const inner = field(object, 'Sns');
    const message = isObject(inner) ? inner : object;
    return {
      content: field(message, 'Message') ?? '',
      metadata: {
        id: fieldText(message, 'MessageId') || metadata.id,
        time: fieldText(message, 'Timestamp') || metadata.time,
        subject: fieldText(message, 'Subject') || undefined,
        topic: fieldText(message, 'TopicArn') || fieldText(object, 'EventSubscriptionArn') || undefined,
      },
    };
  },
};

/** A bare {Subject, Message} counts, too: people type it when they test a topic by hand. */
function isNotification(object: JsonObject): boolean {
  const hasMessage = typeof field(object, 'Message') === 'string';
  const isMarked = fieldText(object, 'Type') === 'Notification' || field(object, 'TopicArn') !== undefined;
  return hasMessage && (isMarked || (field(object, 'Subject') !== undefined && Object.keys(object).length <= 3));
}

export const CUSTOM = { source: 'custom', 'detail-type': 'Custom Notification' } as const;

/**
 * AWS's schema for custom notifications, as Amazon Q Developer in chat applications takes it:
 * `{ version: "1.0", source: "custom", id?, content: { textType, title, description, nextSteps, keywords }, metadata }`.
 */
const customNotification: Envelope = {
  matches: (object) => fieldText(object, 'source') === 'custom' && isObject(field(object, 'content')),
  parse: oneEvent((object) => ({ ...CUSTOM, id: fieldText(object, 'id'), detail: object })),
};

/** A CloudWatch alarm that invokes Lambda directly. */
const alarmAction: Envelope = {
  matches: (object) => isObject(field(object, 'alarmData')),
  parse: oneEvent(alarmActionEvent),
};

/** The JSON that CloudWatch publishes to SNS. */
const alarmMessage: Envelope = {
  matches: (object) => field(object, 'AlarmName') !== undefined && field(object, 'NewStateValue') !== undefined,
  parse: oneEvent(alarmMessageEvent),
};

/** EventBridge's envelope, and the PutEvents entry that it is made from (`DetailType`, `Detail` as a JSON string). */
const eventBridgeEvent: Envelope = {
  matches: (object) =>
    field(object, 'detail-type') !== undefined ||
    (typeof field(object, 'source') === 'string' && field(object, 'detail') !== undefined),
  parse: oneEvent((object) => ({
    id: fieldText(object, 'id'),
    source: fieldText(object, 'source'),
    'detail-type': fieldText(object, 'detail-type'),
    account: fieldText(object, 'account'),
    region: fieldText(object, 'region'),
    time: fieldText(object, 'time'),
    resources: toTexts(field(object, 'resources')),
    detail: parseDetail(field(object, 'detail')),
  })),
};

function toTexts(value: unknown): string[] {
  if (typeof value === 'string') return value ? [value] : [];
  if (!Array.isArray(value)) return [];
  return value.map((entry) => (typeof entry === 'string' ? entry : stringify(entry)));
}

/** A detail that is JSON text is parsed; a formatter gets any other detail unchanged. */
function parseDetail(value: unknown): unknown {
  if (typeof value !== 'string') return value ?? {};
  try {
    const parsed: unknown = JSON.parse(value);
    return isObject(parsed) ? parsed : { message: value };
  } catch {
    return { message: value };
  }
}

export const CARD = { source: 'casebell', 'detail-type': 'Card' } as const;

const CARD_FIELDS = ['title', 'severity', 'text', 'facts', 'quote', 'links', 'buttons', 'form', 'mentions'];

/** Our own Card as JSON: a title, something else, and no field that a card does not have. */
const card: Envelope = {
  matches: (object) => {
    const keys = Object.keys(object);
    return typeof object.title === 'string' && keys.length > 1 && keys.every((key) => CARD_FIELDS.includes(key));
  },
  parse: oneEvent((object) => ({ ...CARD, detail: object })),
};

/** A record of a service (S3, SES, DynamoDB, ...): `eventSource: "aws:s3"` becomes source `aws.s3`. */
const serviceRecord: Envelope = {
  matches: (object) => /^aws[:.]/.test(fieldText(object, 'eventSource')),
  parse: oneEvent((object) => ({
    id: fieldText(object, 'eventID') || undefined,
    source: fieldText(object, 'eventSource').replace(':', '.'),
    'detail-type': fieldText(object, 'eventName'),
    region: fieldText(object, 'awsRegion'),
    time: fieldText(object, 'eventTime'),
    detail: object,
  })),
};

/** In the order in which they are asked. */
export const ENVELOPES: readonly Envelope[] = [
  records,
  sqsRecord,
  snsMessage,
  customNotification,
  alarmAction,
  alarmMessage,
  eventBridgeEvent,
  card,
  serviceRecord,
];

/** What came over SNS or SQS without an event's envelope. */
export const MESSAGE = { source: 'aws.sns', 'detail-type': 'SNS Notification' } as const;

export function toTextEvent(message: string | JsonObject, metadata: EnvelopeMetadata): ParseResult {
  const detail = metadata.subject === undefined ? { message } : { subject: metadata.subject, message };
  const resources = metadata.topic ? [metadata.topic] : [];
  return { events: [withDefaults({ ...MESSAGE, resources, detail }, metadata)] };
}

/** An event with every field of the envelope, and with an id that a redelivery repeats. */
export function withDefaults(event: Partial<AwsEvent>, metadata: EnvelopeMetadata): AwsEvent {
  const { account, region } = parseArn(metadata.topic ?? '');
  return {
    id: event.id || metadata.id || fingerprint(event),
    source: event.source?.trim() || 'unknown',
    'detail-type': event['detail-type']?.trim() || metadata.subject?.trim() || 'Event',
    account: event.account || account,
    region: event.region || region,
    time: event.time || metadata.time || '',
    resources: event.resources ?? [],
    detail: event.detail ?? {},
  };
}
