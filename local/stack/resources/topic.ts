import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { mappingOf } from '../mapping';
import { openProperties } from '../properties';
import { type Create, nameOf } from '../site';
import { subscribe } from './subscription';

const ATTRIBUTES = ['DisplayName', 'KmsMasterKeyId', 'FifoTopic', 'ContentBasedDeduplication'];
const UNUSED = ['Tags', 'SignatureVersion', 'TracingConfig', 'DataProtectionPolicy', 'FifoThroughputScope'];

/** AWS::SNS::Topic */
export const createTopic: Create = async (id, properties, site) => {
  properties.only(['TopicName', 'Subscription', ...ATTRIBUTES, ...UNUSED]);
  const fifo = properties.flag('FifoTopic');
  const Name = properties.text('TopicName') ?? nameOf(id, site) + (fifo ? '.fifo' : '');
  const attributes = properties.texts(ATTRIBUTES.filter((name) => fifo || name !== 'FifoTopic'));
  const { TopicArn = '' } = await site.clients.sns.send(new CreateTopicCommand({ Name, Attributes: attributes }));
  for (const inline of properties.list('Subscription'))
    await subscribe(TopicArn, openProperties(mappingOf(inline, 'Subscription')), site);
  return { ref: TopicArn, attributes: { TopicArn, TopicName: Name } };
};
