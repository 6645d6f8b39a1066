import { type EmulatorContext, startJsonService } from './json-service';
import type { Listener } from './listener';
import { secretOperations } from './secrets-manager/secret-operations';
import { openSecrets } from './secrets-manager/secrets';
import { valueOperations } from './secrets-manager/value-operations';

/** Secrets Manager, kept apart by account and Region. No rotation, no replication, no encryption. */
export function startSecretsManager(surroundings: EmulatorContext): Promise<Listener> {
  const secrets = openSecrets(surroundings.now);
  const operations = { ...secretOperations(secrets), ...valueOperations(secrets) };
  const service = { name: 'secretsmanager', target: 'secretsmanager', version: '1.1', operations } as const;
  return startJsonService(service, surroundings);
}
