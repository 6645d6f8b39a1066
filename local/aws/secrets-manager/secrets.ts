import { randomInt, randomUUID } from 'node:crypto';
import type { Caller } from '../caller';
import { ServiceError } from '../service-error';

export interface Version {
  readonly id: string;
  readonly value: { readonly SecretString?: string; readonly SecretBinary?: string };
  /** Seconds since 1970. */
  readonly created: number;
  readonly stages: Set<string>;
}

export interface Secret {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly created: number;
  readonly versions: Map<string, Version>;
  /** Seconds since 1970: when it was marked for deletion. */
  deleted?: number;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** The six characters that Secrets Manager puts behind the name, so that a secret created anew has another ARN. */
const suffix = (): string => Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

const notFound = () =>
  new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");

const markedForDeletion = () => {
  const message = "You can't perform this operation on the secret because it was marked for deletion.";
  return new ServiceError('InvalidRequestException', message);
};

/** Whether this is how a caller may call the secret: its name, its ARN, or its ARN without the last seven characters. */
const isCalled = (id: string, { name, arn }: Secret): boolean => id === name || id === arn || id === arn.slice(0, -7);

/** All secrets, kept apart by account and Region. */
export function openSecrets(now: () => number) {
  const places = new Map<string, Secret[]>();
  const seconds = () => now() / 1000;

  function at({ account, region }: Caller): Secret[] {
    const place = `${account}/${region}`;
    const secrets = places.get(place) ?? [];
    places.set(place, secrets);
    return secrets;
  }

  return {
    at,
    /** @throws ServiceError for one that does not exist, and for one marked for deletion unless that is allowed */
    find(id: string, caller: Caller, allowed?: 'deleted'): Secret {
      const secret = at(caller).find((one) => isCalled(id, one));
      if (!secret) throw notFound();
      if (secret.deleted !== undefined && !allowed) throw markedForDeletion();
      return secret;
    },
    create(name: string, description: string | undefined, caller: Caller): Secret {
      if (at(caller).some((one) => one.name === name)) {
        const message = `The operation failed because the secret ${name} already exists.`;
        throw new ServiceError('ResourceExistsException', message);
      }
      const arn = `arn:aws:secretsmanager:${caller.region}:${caller.account}:secret:${name}-${suffix()}`;
      const secret = { name, arn, description, created: seconds(), versions: new Map() };
      at(caller).push(secret);
      return secret;
    },
    /** A stage belongs to one version only; what loses AWSCURRENT becomes AWSPREVIOUS. */
    addVersion(secret: Secret, value: Version['value'], id: string = randomUUID(), stages = ['AWSCURRENT']): Version {
      const versions = [...secret.versions.values()];
      const current = versions.find((version) => version.stages.has('AWSCURRENT'));
      const moved = stages.includes('AWSCURRENT') ? [...stages, 'AWSPREVIOUS'] : stages;
      for (const version of versions) for (const stage of moved) version.stages.delete(stage);
      if (stages.includes('AWSCURRENT')) current?.stages.add('AWSPREVIOUS');
      const version = { id, value, created: seconds(), stages: new Set(stages) };
      secret.versions.set(id, version);
      return version;
    },
    remove(secret: Secret, caller: Caller): void {
      at(caller).splice(at(caller).indexOf(secret), 1);
    },
    seconds,
  };
}

export type Secrets = ReturnType<typeof openSecrets>;
