import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { accessKeyOf, type Caller, callerOf } from './caller';
import { type EmulatorContext, isLost } from './json-service';
import { type Listener, listen, readBody } from './listener';
import { partitionOf } from './partition';
import { ServiceError, toServiceError } from './service-error';

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

  const listener = await startQueryService({ AssumeRole, GetCallerIdentity }, context);
  return { ...listener, arnOf, trust: (trust) => trusts.push(trust) };
}

/** XML elements by name. */
type Elements = { readonly [name: string]: string | Elements };

type Action = (form: URLSearchParams, caller: Caller) => Elements;

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const MAX_BYTES = 2 ** 16;

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const escapeXml = (text: string): string => text.replace(/[&<>]/g, (character) => ENTITIES[character] ?? character);

function toXml(elements: Elements): string {
  const parts = Object.entries(elements).map(([name, value]) => {
    return `<${name}>${typeof value === 'string' ? escapeXml(value) : toXml(value)}</${name}>`;
  });
  return parts.join('');
}

/** The Query protocol's counterpart of a ValidationException (STS API Reference, "Common Errors"). */
const invalidForm = (message: string): ServiceError => new ServiceError('ValidationError', message);

function requiredField(form: URLSearchParams, name: string): string {
  const value = form.get(name);
  if (!value) throw invalidForm(`Value null at '${name}' failed to satisfy constraint: Member must not be null`);
  return value;
}

/** The Query protocol: a request is a form, a response XML (smithy.io, "AWS query protocol"). */
function startQueryService(actions: Readonly<Record<string, Action>>, context: EmulatorContext): Promise<Listener> {
  const { account, log, interceptor } = context;

  function send(response: ServerResponse, status: number, root: string, elements: Elements): void {
    const body = `<${root} xmlns="${NAMESPACE}">${toXml(elements)}</${root}>`;
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await readBody(request, MAX_BYTES));
    const name = form.get('Action') ?? '';
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (!action) throw new ServiceError('InvalidAction', 'sts has no such action here.');
    const caller = callerOf(request.headers, 'sts', account);
    const work = () => action(form, caller);
    const result = await (interceptor ? interceptor.intercept('sts', name, work) : work());
    const metadata = { ResponseMetadata: { RequestId: randomUUID() } };
    send(response, 200, `${name}Response`, { [`${name}Result`]: result, ...metadata });
  }

  function reject(error: unknown, response: ServerResponse): void {
    const { code, message, status } = toServiceError(error, 'sts', log);
    const fault = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message };
    send(response, status, 'ErrorResponse', { Error: fault, RequestId: randomUUID() });
  }

  return listen((request, response) => {
    handle(request, response).catch((error: unknown) =>
      isLost(request, error) ? response.destroy() : reject(error, response),
    );
  });
}
