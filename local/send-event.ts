import {
  EventBridgeClient,
  PutEventsCommand,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { field, fieldText, isObject, type JsonObject } from '../functions/notifier/ingest/json';
import { AWS_SERVICE_KEY, accessKeyOf } from './aws/caller';
import type { Aws } from './aws/start-aws';

/** Sends a file's content through the service that it would really come from, and returns that service. */
export type SendEvent = (text: string) => Promise<'EventBridge' | 'SNS'>;

/** Puts an event on the bus through PutEvents, and publishes any other content to the topic, as alarms and users do. */
export function createEventSender(aws: Aws, TopicArn: string): SendEvent {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = aws.env;
  const credentials = { accessKeyId, secretAccessKey };
  const sns = new SNSClient({ region: aws.region, endpoint: aws.env.AWS_ENDPOINT_URL_SNS, credentials });
  const putEvent = createEventPutter(aws);
  return async (text) => {
    const content = parse(text);
    if (isObject(content) && isBusEvent(content)) {
      await putEvent(content);
      return 'EventBridge';
    }
    await sns.send(new PublishCommand({ TopicArn, ...messageOf(content, text) }));
    return 'SNS';
  };
}

const isBusEvent = (content: JsonObject): boolean =>
  fieldText(content, 'source') !== '' && fieldText(content, 'detail-type') !== '';

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return undefined;
  }
}

/** An SNS message in a file is published as that message; any other content is the message itself. */
function messageOf(content: unknown, text: string): { Message: string; Subject?: string } {
  const message = isObject(content) ? field(content, 'Message') : undefined;
  if (!isObject(content) || typeof message !== 'string') return { Message: text };
  return { Message: message, Subject: fieldText(content, 'Subject') || undefined };
}

interface Home {
  account: string;
  region: string;
}

/**
 * Puts an event on the bus of its own account and Region. Events of another account or Region reach the stack as in AWS: a rule there
 * forwards them to the stack's bus, whose policy allows it.
 */
function createEventPutter({ account, region, env }: Aws): (event: JsonObject) => Promise<void> {
  const clients = new Map<string, EventBridgeClient>();
  const forwarding = new Set([`${account}/${region}`]);

  /** Sources that begin with `aws.` are reserved for AWS services, so the client has an AWS service's key. */
  function clientOf(home: Home, isAwsService: boolean): EventBridgeClient {
    const accessKeyId = isAwsService ? `${AWS_SERVICE_KEY}${home.account}` : accessKeyOf(home.account);
    const key = accessKeyId + home.region;
    const credentials = { accessKeyId, secretAccessKey: 'local' };
    const endpoint = env.AWS_ENDPOINT_URL_EVENTBRIDGE;
    const client = clients.get(key) ?? new EventBridgeClient({ region: home.region, endpoint, credentials });
    clients.set(key, client);
    return client;
  }

  async function allow(Principal: string): Promise<void> {
    if (Principal === account) return;
    const permission = { Action: 'events:PutEvents', Principal, StatementId: `sample-${Principal}` };
    await clientOf({ account, region }, false).send(new PutPermissionCommand(permission));
  }

  async function forwardFrom(home: Home): Promise<void> {
    if (forwarding.has(`${home.account}/${home.region}`)) return;
    const client = clientOf(home, false);
    const Arn = `arn:aws:events:${region}:${account}:event-bus/default`;
    await allow(home.account);
    await client.send(new PutRuleCommand({ Name: 'forward', EventPattern: '{"source":[{"prefix":""}]}' }));
    await client.send(new PutTargetsCommand({ Rule: 'forward', Targets: [{ Id: 'stack', Arn }] }));
    forwarding.add(`${home.account}/${home.region}`);
  }

  return async (event) => {
    const home = homeOf(event, { account, region });
    await forwardFrom(home);
    const client = clientOf(home, fieldText(event, 'source').startsWith('aws.'));
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: [entryOf(event)] }));
    const rejected = Entries.find(({ ErrorCode }) => ErrorCode);
    if (rejected) throw new Error(`EventBridge rejected the event: ${rejected.ErrorCode} ${rejected.ErrorMessage}`);
  };
}

/** The event's account and Region if they are valid, otherwise the stack's. */
function homeOf(event: JsonObject, stack: Home): Home {
  const [account, region] = [fieldText(event, 'account'), fieldText(event, 'region')];
  return {
    account: /^\d{12}$/.test(account) ? account : stack.account,
    region: /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) ? region : stack.region,
  };
}

function entryOf(event: JsonObject) {
  const detail = field(event, 'detail');
  const resources = field(event, 'resources');
  const time = new Date(fieldText(event, 'time'));
  return {
    Source: fieldText(event, 'source'),
    DetailType: fieldText(event, 'detail-type'),
    Detail: typeof detail === 'string' ? detail : JSON.stringify(detail ?? {}),
    Resources: Array.isArray(resources) ? resources.map(String) : undefined,
    Time: Number.isNaN(time.valueOf()) ? undefined : time,
  };
}
