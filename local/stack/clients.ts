import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Aws } from '../aws/start-aws';

export interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly events: EventBridgeClient;
  readonly secrets: SecretsManagerClient;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  readonly ssm: SSMClient;
  close(): void;
}

/** SDK clients for the emulators. Region, endpoint and credentials are given, so the SDK looks nothing up. */
export function createClients({ env, region }: Aws): Clients {
  const of = (service: string) => ({
    region,
    endpoint: variable(env, `AWS_ENDPOINT_URL_${service}`),
    credentials: {
      accessKeyId: variable(env, 'AWS_ACCESS_KEY_ID'),
      secretAccessKey: variable(env, 'AWS_SECRET_ACCESS_KEY'),
    },
  });
  const clients = {
    dynamodb: new DynamoDBClient(of('DYNAMODB')),
    events: new EventBridgeClient(of('EVENTBRIDGE')),
    secrets: new SecretsManagerClient(of('SECRETS_MANAGER')),
    sns: new SNSClient(of('SNS')),
    // Hosts in fauxqs's queue urls do not resolve everywhere.
    sqs: new SQSClient({ ...of('SQS'), useQueueUrlAsEndpoint: false }),
    ssm: new SSMClient(of('SSM')),
  };
  return {
    ...clients,
    close() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

function variable(env: Aws['env'], name: string): string {
  const value = env[name];
  if (!value) throw new Error(`The local AWS has no variable ${name}.`);
  return value;
}
