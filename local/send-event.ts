import { EventBridgeClient, PutEventsCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { field, isLoose, type Loose, textOf } from '../functions/notifier/shapes/shape';
import type { Aws } from './aws/aws';
import { AWS_SERVICE_KEY, accessKeyOf } from './aws/caller';

/** Sends what a file holds on the road it would really come. Resolves with that road's name. */
export type SendEvent = (text: string) => Promise<'EventBridge' | 'SNS'>;

/** An event goes onto the bus through PutEvents; everything else is published to the topic, as people and alarms do. */
export function sender(aws: Aws, topicArn: string): SendEvent {
  const sns = new SNSClient({
    region: aws.region,
    endpoint: aws.env.AWS_ENDPOINT_URL_SNS,
    credentials: { accessKeyId: accessKeyOf(aws.account), secretAccessKey: 'local' },
  });
  return async (text) => {
    const found = parse(text);
    if (isLoose(found) && isBusEvent(found)) {
      await putEvent(found, aws);
      return 'EventBridge';
    }
    await sns.send(new PublishCommand({ TopicArn: topicArn, ...messageOf(found, text) }));
    return 'SNS';
  };
}

const isBusEvent = (found: Loose): boolean => textOf(found, 'source') !== '' && textOf(found, 'detail-type') !== '';

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** A file that holds an SNS message is published as that message; any other content is the message itself. */
function messageOf(found: unknown, text: string): { Message: string; Subject?: string } {
  const message = isLoose(found) ? field(found, 'Message') : undefined;
  if (!isLoose(found) || typeof message !== 'string') return { Message: text };
  return { Message: message, Subject: textOf(found, 'Subject') || undefined };
}

/** Onto the bus of the account and Region that the event says, as the AWS service there would do it. */
async function putEvent(found: Loose, aws: Aws): Promise<void> {
  const here = { account: aws.account, region: aws.region };
  const place = { account: textOf(found, 'account') || here.account, region: textOf(found, 'region') || here.region };
  if (place.account !== here.account || place.region !== here.region) await forward(place, aws);
  const { Entries = [] } = await bridge(place, aws, textOf(found, 'source')).send(
    new PutEventsCommand({ Entries: [entryOf(found)] }),
  );
  const [refused] = Entries.filter(({ ErrorCode }) => ErrorCode);
  if (refused) throw new Error(`EventBridge refused the event: ${refused.ErrorCode} ${refused.ErrorMessage}`);
}

function entryOf(found: Loose) {
  const detail = field(found, 'detail');
  const time = new Date(textOf(found, 'time'));
  return {
    Source: textOf(found, 'source'),
    DetailType: textOf(found, 'detail-type'),
    Detail: typeof detail === 'string' ? detail : JSON.stringify(detail ?? {}),
    Resources: resourcesOf(found),
    Time: Number.isNaN(time.valueOf()) ? undefined : time,
  };
}

interface Place {
  account: string;
  region: string;
}

/** Events of other accounts and Regions reach the stack as on AWS: by a rule there that forwards them to the stack's bus. */
async function forward(place: Place, aws: Aws): Promise<void> {
  const elsewhere = bridge(place, aws, '');
  const Arn = `arn:aws:events:${aws.region}:${aws.account}:event-bus/default`;
  await elsewhere.send(new PutRuleCommand({ Name: 'forward', EventPattern: '{"source":[{"prefix":""}]}' }));
  await elsewhere.send(new PutTargetsCommand({ Rule: 'forward', Targets: [{ Id: 'stack', Arn }] }));
}

/** Nobody but AWS may use a source that begins with `aws.`, so those events are put under an AWS service's key. */
const bridge = ({ account, region }: Place, { env }: Aws, source: string): EventBridgeClient =>
  new EventBridgeClient({
    region,
    endpoint: env.AWS_ENDPOINT_URL_EVENTBRIDGE,
    credentials: {
      accessKeyId: source.startsWith('aws.') ? `${AWS_SERVICE_KEY}${account}` : accessKeyOf(account),
      secretAccessKey: 'local',
    },
  });

function resourcesOf(found: Loose): string[] | undefined {
  const resources = field(found, 'resources');
  return Array.isArray(resources) ? resources.map(String) : undefined;
}
