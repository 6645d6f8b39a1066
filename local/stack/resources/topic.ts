import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { mappingOf } from '../mapping';
import { createProperties } from '../properties';
import { type CreateResource, defaultName } from '../site';
import { subscribe } from './subscription';

const ATTRIBUTES = ['DisplayName', 'KmsMasterKeyId', 'FifoTopic', 'ContentBasedDeduplication'];
const UNUSED = ['Tags', 'SignatureVersion', 'TracingConfig', 'DataProtectionPolicy', 'FifoThroughputScope'];

/** AWS::SNS::Topic */
export const createTopic: CreateResource = async (id, properties, site) => {
  properties.rejectUnknown(['TopicName', 'Subscription', ...ATTRIBUTES, ...UNUSED]);
  const fifo = properties.flag('FifoTopic');
  const Name = properties.text('TopicName') ?? defaultName(id, site) + (fifo ? '.fifo' : '');
  const attributes = properties.texts(ATTRIBUTES.filter((name) => fifo || name !== 'FifoTopic'));
  const { TopicArn = '' } = await site.clients.sns.send(new CreateTopicCommand({ Name, Attributes: attributes }));
  for (const inline of properties.list('Subscription'))
    await subscribe(TopicArn, createProperties(mappingOf(inline, 'Subscription')), site);
  return { ref: TopicArn, attributes: { TopicArn, TopicName: Name } };
};
