import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const client = new SecretsManagerClient({});

/** The current texts of secrets. Throws the SDK's own errors: they name a secret, never its content. */
export function readSecrets(arns: readonly string[]): Promise<string[]> {
  return Promise.all(arns.map(readSecret));
}

async function readSecret(arn: string): Promise<string> {
  const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
  if (SecretString === undefined) throw new Error('The secret with the bots is binary; it must be text.');
  return SecretString;
}
