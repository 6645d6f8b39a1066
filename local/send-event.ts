import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { field, isObject, type JsonObject, textAt } from '../functions/notifier/ingest/json';
import type { Aws } from './aws/start-aws';
import { openBuses } from './put-event';

/** Sends what a file holds on the road it would really come. Resolves with that road's name. */
export type SendEvent = (text: string) => Promise<'EventBridge' | 'SNS'>;

/** An event goes onto the bus through PutEvents; everything else is published to the topic, as people and alarms do. */
export function createEventSender(aws: Aws, TopicArn: string): SendEvent {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = aws.env;
  const credentials = { accessKeyId, secretAccessKey };
  const sns = new SNSClient({ region: aws.region, endpoint: aws.env.AWS_ENDPOINT_URL_SNS, credentials });
  const putEvent = openBuses(aws);
  return async (text) => {
    const found = parse(text);
    if (isObject(found) && isBusEvent(found)) {
      await putEvent(found);
      return 'EventBridge';
    }
    await sns.send(new PublishCommand({ TopicArn, ...messageOf(found, text) }));
    return 'SNS';
  };
}

const isBusEvent = (found: JsonObject): boolean =>
  textAt(found, 'source') !== '' && textAt(found, 'detail-type') !== '';

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** A file that holds an SNS message is published as that message; any other content is the message itself. */
function messageOf(found: unknown, text: string): { Message: string; Subject?: string } {
  const message = isObject(found) ? field(found, 'Message') : undefined;
  if (!isObject(found) || typeof message !== 'string') return { Message: text };
  return { Message: message, Subject: textAt(found, 'Subject') || undefined };
}
