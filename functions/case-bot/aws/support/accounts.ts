import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Settings } from '../../../shared/settings';
import { type SupportClient, SupportError } from '../../domain/support-client';
import { createSupportClient } from './client';

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

/** AWS Support of the stack's own account and of each account that it has a role in; by account id. */
export function createSupportClients(
  { region, accounts, externalId }: Pick<Settings<'worker'>, 'region' | 'accounts' | 'externalId'>,
  now: () => number,
  onThrottled: () => void,
): Map<string, SupportClient> {
  let client: STSClient | undefined;
  const sts = (): STSClient => {
    client ??= new STSClient({});
    return client;
  };
  const endpoint = supportRegion(region);
  return new Map(
    accounts.map(({ id, roleArn }) => {
      const credentials = roleArn ? () => assumeRole(sts(), roleArn, externalId) : undefined;
      return [id, createSupportClient(endpoint, credentials, now, onThrottled)];
    }),
  );
}

/** The SDK caches the credentials until shortly before they expire. */
async function assumeRole(sts: STSClient, RoleArn: string, externalId: string): Promise<Credentials> {
  const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: 'casebell', ExternalId: externalId || undefined });
  const { Credentials: assumed } = await sts.send(command).catch((error: Error) => {
    throw new SupportError('role', `AssumeRole: ${error.name}`);
  });
  return {
    accessKeyId: assumed?.AccessKeyId ?? '',
    secretAccessKey: assumed?.SecretAccessKey ?? '',
    sessionToken: assumed?.SessionToken,
    expiration: assumed?.Expiration,
  };
}

/** The Region of the endpoint for a whole partition (AWS General Reference, "AWS Support endpoints and quotas"). */
function supportRegion(region: string): string {
  if (region.startsWith('cn-')) return 'cn-north-1';
  return region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
}
