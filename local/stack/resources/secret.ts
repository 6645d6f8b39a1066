import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { type CreateResource, defaultName } from '../site';
import { TemplateError } from '../template-error';

/** AWS::SecretsManager::Secret */
export const createSecret: CreateResource = async (id, properties, site) => {
  properties.rejectUnknown(['Name', 'Description', 'SecretString', 'GenerateSecretString', 'KmsKeyId', 'Tags']);
  if (Object.keys(properties.mapping('GenerateSecretString')).length > 0)
    throw new TemplateError('GenerateSecretString is not supported by the local stack: give a SecretString.');
  const { ARN = '' } = await site.clients.secrets.send(
    new CreateSecretCommand({
      Name: properties.text('Name') ?? defaultName(id, site),
      Description: properties.text('Description'),
      SecretString: properties.text('SecretString'),
    }),
  );
  return { ref: ARN, attributes: { Id: ARN } };
};
