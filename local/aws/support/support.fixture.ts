import { CreateCaseCommand, type CreateCaseCommandInput, SupportClient } from '@aws-sdk/client-support';
import type { EventInput } from '../eventbridge/event';
import { startSupport } from '../support';
import type { SupportSettings } from './settings';

export const ACCOUNT = '111122223333';
export const START = Date.parse('2026-11-20T08:00:00Z');

export const REQUEST = {
  subject: '测试：实例无法启动 TEST CASE-Please ignore',
  communicationBody: '实例 i-0123 从 10:00 起无法启动。',
  serviceCode: 'amazon-elastic-compute-cloud-linux',
  categoryCode: 'instance-issue',
  severityCode: 'normal',
  language: 'zh',
};

export interface TestOptions {
  region?: string;
  settings?: Partial<SupportSettings>;
}

/** Support with two clocks that the test moves, without a limit on calls, and with a list in place of EventBridge. */
export async function openSupport({ region = 'us-east-1', settings }: TestOptions = {}) {
  const events: EventInput[] = [];
  const clock = { now: START, real: 0 };
  const clients: SupportClient[] = [];
  const support = await startSupport({
    account: ACCOUNT,
    region,
    now: () => clock.now,
    realNow: () => clock.real,
    log: console.error,
    emit: (event) => events.push(event),
    arnOf: ({ account }) => `arn:aws:sts::${account}:assumed-role/Casebell/support`,
    settings: { callsPerSecond: Number.POSITIVE_INFINITY, ...settings },
  });

  function clientOf(account: string, signingRegion = region): SupportClient {
    const credentials = { accessKeyId: `AKIA${account}CASE`, secretAccessKey: 'x' };
    const client = new SupportClient({ region: signingRegion, endpoint: support.url, credentials, maxAttempts: 1 });
    clients.push(client);
    return client;
  }

  const client = clientOf(ACCOUNT);
  return {
    support,
    client,
    clientOf,
    clock,
    events,
    eventNames: () => events.map(({ detail }) => (detail as { 'event-name': string })['event-name']),
    /** Opens a case and returns its id. */
    async open(more: Partial<CreateCaseCommandInput> = {}): Promise<string> {
      const { caseId = '' } = await client.send(new CreateCaseCommand({ ...REQUEST, ...more }));
      return caseId;
    },
    async close() {
      for (const one of clients) one.destroy();
      await support.close();
    },
  };
}

export type TestSupport = Awaited<ReturnType<typeof openSupport>>;
