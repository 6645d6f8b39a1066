import { randomUUID } from 'node:crypto';
import { CreateTopicCommand, SubscribeCommand } from '@aws-sdk/client-sns';
import { type CreateResource, defaultName, type StackContext } from '../context';
import { type Properties, TemplateError } from '../values';

const TOPIC_ATTRIBUTES = ['DisplayName', 'KmsMasterKeyId'];
const IGNORED = ['Tags', 'SignatureVersion', 'TracingConfig', 'DataProtectionPolicy'];

/** AWS::SNS::Topic */
export const createTopic: CreateResource = async (id, properties, context) => {
  properties.rejectUnknown(['TopicName', ...TOPIC_ATTRIBUTES, ...IGNORED]);
  const Name = properties.text('TopicName') ?? defaultName(id, context);
  const Attributes = properties.texts(TOPIC_ATTRIBUTES);
  const { TopicArn = '' } = await context.clients.sns.send(new CreateTopicCommand({ Name, Attributes }));
  return { ref: TopicArn, attributes: { TopicArn, TopicName: Name } };
};

const SUBSCRIPTION_ATTRIBUTES = ['RawMessageDelivery', 'FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy'];

/** AWS::SNS::Subscription */
export const createSubscription: CreateResource = async (_id, properties, context) => {
  properties.rejectUnknown(['TopicArn', 'Protocol', 'Endpoint', 'Region', ...SUBSCRIPTION_ATTRIBUTES]);
  const arn = await subscribe(properties.requiredText('TopicArn'), properties, context);
  return { ref: arn, attributes: { Arn: arn } };
};

/** Returns the subscription's ARN. Only queues receive messages; an e-mail address is accepted without effect. */
async function subscribe(TopicArn: string, properties: Properties, { clients }: StackContext): Promise<string> {
  const Protocol = properties.requiredText('Protocol');
  if (Protocol === 'email') return `${TopicArn}:${randomUUID()}`;
  if (Protocol !== 'sqs') throw new TemplateError(`The protocol ${Protocol} is not supported by the local stack.`);
  const [Endpoint, Attributes] = [properties.requiredText('Endpoint'), properties.texts(SUBSCRIPTION_ATTRIBUTES)];
  const subscription = { TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true };
  const { SubscriptionArn = '' } = await clients.sns.send(new SubscribeCommand(subscription));
  return SubscriptionArn;
}
