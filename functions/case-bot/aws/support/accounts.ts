import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { ServedAccount } from '../../../shared/accounts';
import type { Settings } from '../../../shared/settings';
import { type SupportClient, SupportError } from '../../domain/support-client';
import { createSupportClient } from './client';

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

type AccountSettings = Pick<Settings<'worker'>, 'region' | 'accounts' | 'externalId'>;

/**
 * AWS Support of the stack's own account, and of every account that it has a role in; by account id.
 * @param throttled is called for every answer that it is asked too often.
 */
export function createSupportClients(
  settings: AccountSettings,
  now: () => number,
  throttled: () => void,
): Map<string, SupportClient> {
  const { region, accounts, externalId } = settings;
  const supportRegion = supportRegionOf(region);
  let client: STSClient | undefined;
  const sts = (): STSClient => {
    client ??= new STSClient({});
    return client;
  };
  const credentialsFor = (roleArn?: string) => roleArn && (() => assume(sts(), roleArn, externalId));
  const deskOf = ({ id, roleArn }: ServedAccount) =>
    [id, createSupportClient(supportRegion, credentialsFor(roleArn) || undefined, now, throttled)] as const;
  return new Map(accounts.map(deskOf));
}

/** The SDK keeps what it gets until shortly before it expires. */
async function assume(sts: STSClient, RoleArn: string, externalId: string): Promise<Credentials> {
  const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'casebell', ExternalId: externalId || undefined });
  const { Credentials: given } = await sts.send(command).catch((error: Error) => {
    throw new SupportError('role', `AssumeRole: ${error.name}`);
  });
  return {
    accessKeyId: given?.AccessKeyId ?? '',
    secretAccessKey: given?.SecretAccessKey ?? '',
    sessionToken: given?.SessionToken,
    expiration: given?.Expiration,
  };
}

/** Where AWS Support answers for a whole partition (AWS General Reference, "AWS Support endpoints and quotas"). */
const REGIONS = [
  { of: /^cn-/, is: 'cn-north-1' },
  { of: /^us-gov-/, is: 'us-gov-west-1' },
  { of: /^/, is: 'us-east-1' },
] as const;

/** @param region one that somebody works in */
export const supportRegionOf = (region: string): string => REGIONS.find(({ of }) => of.test(region))?.is ?? 'us-east-1';
