import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { type Create, nameOf } from '../site';

/** AWS::SSM::Parameter */
export const createParameter: Create = async (id, properties, site) => {
  properties.only(['Name', 'Type', 'Value', 'Description', 'AllowedPattern', 'DataType', 'Policies', 'Tags', 'Tier']);
  const Name = properties.text('Name') ?? nameOf(id, site);
  const [Type, Value] = [properties.needed('Type'), properties.needed('Value')];
  await site.clients.ssm.send(
    new PutParameterCommand({ Name, Value, Type: Type === 'StringList' ? 'StringList' : 'String' }),
  );
  return { ref: Name, attributes: { Type, Value } };
};
