import { randomInt, randomUUID } from 'node:crypto';
import type { Caller } from './caller';
import { type Input, optionalText, requiredText } from './input';
import { type EmulatorContext, type Operation, startJsonService } from './json-service';
import type { Listener } from './listener';
import { ServiceError } from './service-error';

interface Version {
  readonly id: string;
  readonly value: string;
  /** Seconds since 1970. */
  readonly created: number;
}

interface Secret {
  readonly name: string;
  readonly arn: string;
  /** The last one is AWSCURRENT, the one before AWSPREVIOUS. */
  readonly versions: Version[];
}

/** Of a secret's value (Secrets Manager quotas). */
const MAX_BYTES = 65_536;
const CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Secrets Manager adds six characters to the name, so a secret that is created again has another ARN. */
const createSuffix = (): string => Array.from({ length: 6 }, () => CHARACTERS[randomInt(CHARACTERS.length)]).join('');

/** A secret is found by its name, its ARN, or its ARN without the suffix. */
const isNamed = (id: string, { name, arn }: Secret): boolean => id === name || id === arn || id === arn.slice(0, -7);

function valueIn(input: Input): string | undefined {
  const value = optionalText(input, 'SecretString');
  if (value !== undefined && Buffer.byteLength(value) > MAX_BYTES) {
    throw new ServiceError('InvalidParameterException', `A secret value has at most ${MAX_BYTES} bytes.`);
  }
  return value;
}

function currentVersion({ versions }: Secret): Version {
  const current = versions.at(-1);
  if (current) return current;
  const message = "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT";
  throw new ServiceError('ResourceNotFoundException', message);
}

/** All secrets, by account and Region. */
function createSecretStore(now: () => number) {
  const regions = new Map<string, Secret[]>();

  function secretsOf({ account, region }: Caller): Secret[] {
    const key = `${account}/${region}`;
    const secrets = regions.get(key) ?? [];
    regions.set(key, secrets);
    return secrets;
  }

  return {
    find(input: Input, caller: Caller): Secret {
      const id = requiredText(input, 'SecretId');
      const secret = secretsOf(caller).find((one) => isNamed(id, one));
      if (secret) return secret;
      throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    },
    create(name: string, caller: Caller): Secret {
      if (secretsOf(caller).some((secret) => secret.name === name)) {
        const message = `The operation failed because the secret ${name} already exists.`;
        throw new ServiceError('ResourceExistsException', message);
      }
      const arn = `arn:aws:secretsmanager:${caller.region}:${caller.account}:secret:${name}-${createSuffix()}`;
      const secret = { name, arn, versions: [] };
      secretsOf(caller).push(secret);
      return secret;
    },
    addVersion({ versions }: Secret, value: string): Version {
      const version = { id: randomUUID(), value, created: now() / 1000 };
      versions.push(version);
      return version;
    },
  };
}

/** CreateSecret, PutSecretValue and GetSecretValue with text values. Not emulated: rotation, deletion, other stages, encryption. */
export function startSecretsManager(context: EmulatorContext): Promise<Listener> {
  const store = createSecretStore(context.now);
  const operations: Record<string, Operation> = {
    CreateSecret(input, caller) {
      const value = valueIn(input);
      const secret = store.create(requiredText(input, 'Name'), caller);
      const version = value === undefined ? undefined : store.addVersion(secret, value);
      return { ARN: secret.arn, Name: secret.name, VersionId: version?.id };
    },
    PutSecretValue(input, caller) {
      const secret = store.find(input, caller);
      const value = valueIn(input);
      if (value === undefined) throw new ServiceError('InvalidRequestException', 'You must provide a SecretString.');
      const version = store.addVersion(secret, value);
      return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: ['AWSCURRENT'] };
    },
    GetSecretValue(input, caller) {
      const secret = store.find(input, caller);
      const { id, value, created } = currentVersion(secret);
      const version = { VersionId: id, VersionStages: ['AWSCURRENT'], CreatedDate: created };
      return { ARN: secret.arn, Name: secret.name, SecretString: value, ...version };
    },
  };
  const service = { name: 'secretsmanager', target: 'secretsmanager', version: '1.1', operations } as const;
  return startJsonService(service, context);
}
