import { randomBytes, randomUUID } from 'node:crypto';
import { accessKeyOf, type Caller } from './caller';
import type { EmulatorContext } from './json-service';
import type { Listener } from './listener';
import { partitionOf } from './partition';
import { type Action, invalidForm, requiredField, startQueryService } from './query-service';
import { ServiceError } from './service-error';

/** A role's trust policy, reduced to the two conditions that matter between accounts. */
export interface Trust {
  readonly roleArn: string;
  /** Account id. */
  readonly principal: string;
  readonly externalId?: string;
}

export interface Sts extends Listener {
  /** Registers a role that can be assumed; no other role can. */
  trust(trust: Trust): void;
  /** The ARN of the caller: the assumed role, or the account itself. */
  arnOf(caller: Caller): string;
}

const ROLE = /^arn:(aws[\w-]*):iam::(\d{12}):role\/(?:.+\/)?([\w+=,.@-]+)$/;
const SESSION = /^[\w+=,.@-]{2,64}$/;

/** The parameters of AssumeRole, with the limits of its API reference. */
function parseAssumeRole(form: URLSearchParams) {
  const roleArn = requiredField(form, 'RoleArn');
  const [, partition, account, role] = ROLE.exec(roleArn) ?? [];
  if (!account || !role) throw invalidForm(`${roleArn} is invalid`);
  const session = requiredField(form, 'RoleSessionName');
  if (!SESSION.test(session)) throw invalidForm(`Value '${session}' at 'roleSessionName' failed to satisfy constraint`);
  const seconds = Number(form.get('DurationSeconds') ?? 3600);
  if (!(seconds >= 900 && seconds <= 43_200))
    throw invalidForm("Value at 'durationSeconds' failed to satisfy constraint");
  return { roleArn, partition, account, session, seconds, externalId: form.get('ExternalId') ?? undefined, role };
}

const isTrusted = (trust: Trust, roleArn: string, caller: Caller, externalId: string | undefined): boolean =>
  trust.roleArn === roleArn &&
  trust.principal === caller.account &&
  (trust.externalId === undefined || trust.externalId === externalId);

/**
 * STS: AssumeRole and GetCallerIdentity. The access keys that it issues contain the role's account, so every emulator knows
 * the account. A wrong external id, an unknown role and a role of another partition get the same error, as in AWS.
 */
export async function startSts(context: EmulatorContext, region = 'us-east-1'): Promise<Sts> {
  const partition = partitionOf(region);
  const trusts: Trust[] = [];
  /** ARN of the assumed role by access key. */
  const sessions = new Map<string, string>();

  const arnOf = (caller: Caller): string =>
    sessions.get(caller.accessKey) ?? `arn:${partition}:iam::${caller.account}:root`;

  const AssumeRole: Action = (form, caller) => {
    const { roleArn, account, role, session, seconds, externalId, ...request } = parseAssumeRole(form);
    const isAllowed =
      request.partition === partition && trusts.some((trust) => isTrusted(trust, roleArn, caller, externalId));
    if (!isAllowed) {
      const message = `User: ${arnOf(caller)} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
      throw new ServiceError('AccessDenied', message, 403);
    }
    const AccessKeyId = accessKeyOf(account, 'ASIA', randomBytes(4).toString('hex').toUpperCase());
    const Arn = `arn:${partition}:sts::${account}:assumed-role/${role}/${session}`;
    sessions.set(AccessKeyId, Arn);
    const secrets = { SecretAccessKey: randomUUID(), SessionToken: randomUUID() };
    const Expiration = new Date(context.now() + seconds * 1000).toISOString();
    return {
      Credentials: { AccessKeyId, ...secrets, Expiration },
      AssumedRoleUser: { Arn, AssumedRoleId: `AROA${account}:${session}` },
    };
  };

  const GetCallerIdentity: Action = (_form, caller) => ({
    Arn: arnOf(caller),
    UserId: caller.accessKey,
    Account: caller.account,
  });

  const namespace = 'https://sts.amazonaws.com/doc/2011-06-15/';
  const service = { name: 'sts', namespace, actions: { AssumeRole, GetCallerIdentity } };
  const listener = await startQueryService(service, context);
  return { ...listener, arnOf, trust: (trust) => trusts.push(trust) };
}
