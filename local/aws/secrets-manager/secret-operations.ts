import { optionalFlag, optionalNumber, optionalText, text } from '../input';
import type { Operation } from '../json-service';
import { ServiceError } from '../service-error';
import type { Secret, Secrets } from './secrets';
import { valueIn } from './value-operations';

const DAY = 86_400;

function describe({ arn, name, description, created, deleted, versions }: Secret) {
  const stages = [...versions.values()].map((version): [string, string[]] => [version.id, [...version.stages]]);
  return {
    ARN: arn,
    Name: name,
    Description: description,
    CreatedDate: created,
    DeletedDate: deleted,
    VersionIdsToStages: Object.fromEntries(stages.filter(([, labels]) => labels.length > 0)),
  };
}

/** The operations on secrets as a whole. */
export function secretOperations(secrets: Secrets): Record<string, Operation> {
  return {
    CreateSecret(input, caller) {
      const value = valueIn(input);
      const secret = secrets.create(text(input, 'Name'), optionalText(input, 'Description'), caller);
      const version = value && secrets.addVersion(secret, value, optionalText(input, 'ClientRequestToken'));
      return { ARN: secret.arn, Name: secret.name, VersionId: version?.id };
    },
    DescribeSecret: (input, caller) => describe(secrets.find(text(input, 'SecretId'), caller, 'deleted')),
    ListSecrets: (_input, caller) => ({
      SecretList: secrets
        .at(caller)
        .filter(({ deleted }) => deleted === undefined)
        .map(describe),
    }),
    DeleteSecret(input, caller) {
      const secret = secrets.find(text(input, 'SecretId'), caller);
      const days = optionalNumber(input, 'RecoveryWindowInDays') ?? 30;
      if (days < 7 || days > 30) {
        throw new ServiceError('InvalidParameterException', 'The RecoveryWindowInDays value must be between 7 and 30.');
      }
      secret.deleted = secrets.seconds();
      const atOnce = optionalFlag(input, 'ForceDeleteWithoutRecovery');
      if (atOnce) secrets.remove(secret, caller);
      return { ARN: secret.arn, Name: secret.name, DeletionDate: secret.deleted + (atOnce ? 0 : days * DAY) };
    },
    RestoreSecret(input, caller) {
      const secret = secrets.find(text(input, 'SecretId'), caller, 'deleted');
      secret.deleted = undefined;
      return { ARN: secret.arn, Name: secret.name };
    },
  };
}
