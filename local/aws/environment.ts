import { accessKeyOf } from './caller';

/** What a process needs to use the emulators: see `Aws.env`. Services are given by the SDK's own names, e.g. `secrets_manager`. */
export const environmentOf = (
  account: string,
  region: string,
  services: Readonly<Record<string, { url: string }>>,
  refusing: string,
): Record<string, string> => ({
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
  AWS_ACCESS_KEY_ID: accessKeyOf(account),
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_EC2_METADATA_DISABLED: 'true',
  ...Object.fromEntries(
    Object.entries(services).map(([name, { url }]) => [`AWS_ENDPOINT_URL_${name.toUpperCase()}`, url]),
  ),
  AWS_ENDPOINT_URL: refusing,
});
