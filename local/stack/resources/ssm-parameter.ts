import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { type CreateResource, defaultName } from '../site';

/** AWS::SSM::Parameter */
export const createParameter: CreateResource = async (id, properties, site) => {
  properties.rejectUnknown([
    'Name',
    'Type',
    'Value',
    'Description',
    'AllowedPattern',
    'DataType',
    'Policies',
    'Tags',
    'Tier',
  ]);
  const Name = properties.text('Name') ?? defaultName(id, site);
  const [Type, Value] = [properties.requiredText('Type'), properties.requiredText('Value')];
  await site.clients.ssm.send(
    new PutParameterCommand({ Name, Value, Type: Type === 'StringList' ? 'StringList' : 'String' }),
  );
  return { ref: Name, attributes: { Type, Value } };
};
