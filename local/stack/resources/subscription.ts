import { randomUUID } from 'node:crypto';
import { SubscribeCommand } from '@aws-sdk/client-sns';
import type { Properties } from '../properties';
import type { CreateResource, StackContext } from '../site';
import { TemplateError } from '../template-error';

const ATTRIBUTES = ['RawMessageDelivery', 'FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy'];

/** AWS::SNS::Subscription */
export const createSubscription: CreateResource = async (_id, properties, site) => {
  properties.rejectUnknown(['TopicArn', 'Protocol', 'Endpoint', 'Region', ...ATTRIBUTES]);
  const arn = await subscribe(properties.requiredText('TopicArn'), properties, site);
  return { ref: arn, attributes: { Arn: arn } };
};

/** Resolves with the subscription's ARN. Only a queue is delivered to; an e-mail address is accepted, and gets nothing. */
export async function subscribe(topicArn: string, properties: Properties, { clients }: StackContext): Promise<string> {
  const protocol = properties.requiredText('Protocol');
  if (protocol === 'email') return `${topicArn}:${randomUUID()}`;
  if (protocol !== 'sqs') throw new TemplateError(`The protocol ${protocol} is not supported by the local stack.`);
  const { SubscriptionArn = '' } = await clients.sns.send(
    new SubscribeCommand({
      TopicArn: topicArn,
      Protocol: protocol,
      Endpoint: properties.requiredText('Endpoint'),
      Attributes: properties.texts(ATTRIBUTES),
      ReturnSubscriptionArn: true,
    }),
  );
  return SubscriptionArn;
}
