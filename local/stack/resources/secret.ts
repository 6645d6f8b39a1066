import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { type CreateResource, defaultName } from '../context';

/** AWS::SecretsManager::Secret */
export const createSecret: CreateResource = async (id, properties, context) => {
  properties.rejectUnknown(['Name', 'Description', 'SecretString', 'KmsKeyId', 'Tags']);
  const { ARN = '' } = await context.clients.secrets.send(
    new CreateSecretCommand({
      Name: properties.text('Name') ?? defaultName(id, context),
      Description: properties.text('Description'),
      SecretString: properties.text('SecretString'),
    }),
  );
  return { ref: ARN, attributes: { Id: ARN } };
};

/** AWS::SSM::Parameter */
export const createParameter: CreateResource = async (id, properties, context) => {
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
  const Name = properties.text('Name') ?? defaultName(id, context);
  const [Type, Value] = [properties.requiredText('Type'), properties.requiredText('Value')];
  await context.clients.ssm.send(
    new PutParameterCommand({ Name, Value, Type: Type === 'StringList' ? 'StringList' : 'String' }),
  );
  return { ref: Name, attributes: { Type, Value } };
};
