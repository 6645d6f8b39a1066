import { type Input, optionalText, optionalTexts, text } from '../input';
import type { Operation } from '../json-service';
import { ServiceError } from '../service-error';
import type { Secret, Secrets, Version } from './secrets';

/** Most bytes of a secret's value (Secrets Manager quotas). */
const MOST_BYTES = 65_536;

/** The value of a new version, as text or as base64 bytes; undefined where the request has none. */
export function valueIn(input: Input): Version['value'] | undefined {
  const value = {
    SecretString: optionalText(input, 'SecretString'),
    SecretBinary: optionalText(input, 'SecretBinary'),
  };
  const given = value.SecretString ?? value.SecretBinary;
  if (value.SecretString !== undefined && value.SecretBinary !== undefined) {
    throw new ServiceError('InvalidParameterException', "You can't specify both a binary and a string value.");
  }
  if (given !== undefined && Buffer.byteLength(given) > MOST_BYTES) {
    throw new ServiceError('InvalidParameterException', `A secret value has at most ${MOST_BYTES} bytes.`);
  }
  return given === undefined ? undefined : value;
}

function versionIn(secret: Secret, input: Input): Version {
  const id = optionalText(input, 'VersionId');
  const stage = optionalText(input, 'VersionStage') ?? (id ? undefined : 'AWSCURRENT');
  const found = [...secret.versions.values()].find(
    (version) => (!id || version.id === id) && (!stage || version.stages.has(stage)),
  );
  if (found) return found;
  const wanted = stage ? `staging label: ${stage}` : `version id: ${id}`;
  const message = `Secrets Manager can't find the specified secret value for ${wanted}`;
  throw new ServiceError('ResourceNotFoundException', message);
}

const sameValue = (one: Version['value'], other: Version['value']): boolean =>
  one.SecretString === other.SecretString && one.SecretBinary === other.SecretBinary;

/** The operations on a secret's values. */
export function valueOperations(secrets: Secrets): Record<string, Operation> {
  return {
    PutSecretValue(input, caller) {
      const secret = secrets.find(text(input, 'SecretId'), caller);
      const value = valueIn(input);
      if (!value)
        throw new ServiceError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
      const id = optionalText(input, 'ClientRequestToken');
      const before = id === undefined ? undefined : secret.versions.get(id);
      if (before && !sameValue(before.value, value)) {
        throw new ServiceError('ResourceExistsException', 'This ClientRequestToken already has another value.');
      }
      const version = before ?? secrets.addVersion(secret, value, id, optionalTexts(input, 'VersionStages'));
      return { ARN: secret.arn, Name: secret.name, VersionId: version.id, VersionStages: [...version.stages] };
    },
    GetSecretValue(input, caller) {
      const secret = secrets.find(text(input, 'SecretId'), caller);
      const { id, value, stages, created } = versionIn(secret, input);
      const stamp = { VersionId: id, VersionStages: [...stages], CreatedDate: created };
      return { ARN: secret.arn, Name: secret.name, ...value, ...stamp };
    },
  };
}
