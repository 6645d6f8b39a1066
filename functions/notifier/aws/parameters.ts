import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';

/** Account names are not worth a late alert. */
const TIMEOUT_MS = 2_000;

/** The values of Systems Manager parameters, by their names; one that is not there is left out. Throws the SDK's own errors. */
export async function readParameters(names: readonly string[]): Promise<Map<string, string>> {
  const client = new SSMClient({ maxAttempts: 2 });
  const abortSignal = AbortSignal.timeout(TIMEOUT_MS);
  const { Parameters = [] } = await client.send(new GetParametersCommand({ Names: [...names] }), { abortSignal });
  return new Map(Parameters.map(({ Name = '', Value = '' }) => [Name, Value]));
}
