import type { IncomingHttpHeaders } from 'node:http';
import { ServiceError } from './service-error';

/** Who signed a request, from the credential scope of Signature Version 4. The signature itself is not verified. */
export interface Caller {
  readonly accessKey: string;
  readonly account: string;
  readonly region: string;
  /** As in signatures, e.g. `events`. */
  readonly service: string;
  /** Whether the caller is an AWS service: only those may send events with an `aws.` source. */
  readonly isAws: boolean;
}

/** The access key with which a process acts as an AWS service; an account id may follow. */
export const AWS_SERVICE_KEY = 'AWSSERVICE';

const SCOPE = /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/;

/** The emulators' access keys contain the account, so that one machine can emulate several accounts. */
const accountOf = (accessKey: string): string | undefined => /^(?:AKIA|ASIA|AWSSERVICE)(\d{12})/.exec(accessKey)?.[1];

export const accessKeyOf = (account: string, kind: 'AKIA' | 'ASIA' = 'AKIA', unique = 'CASE'): string =>
  `${kind}${account}${unique}`;

/**
 * @param home the account of an access key that contains none
 * @throws ServiceError for a request that is not signed for this service
 */
export function callerOf(headers: IncomingHttpHeaders, service: string, home: string): Caller {
  const [, accessKey, region, signedFor] = SCOPE.exec(headers.authorization ?? '') ?? [];
  if (!accessKey || !region || !signedFor) {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  }
  if (signedFor !== service) {
    const expected = `Credential should be scoped to correct service: '${service}'.`;
    throw new ServiceError('InvalidSignatureException', expected, 403);
  }
  const isAws = accessKey.startsWith(AWS_SERVICE_KEY);
  return { accessKey, account: accountOf(accessKey) ?? home, region, service, isAws };
}
