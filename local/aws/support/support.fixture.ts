import { CreateCaseCommand, type CreateCaseCommandInput, SupportClient } from '@aws-sdk/client-support';
import type { EventInput } from '../eventbridge/event';
import { type Support, startSupport } from '../support';
import type { SupportSettings } from './settings';

export const ACCOUNT = '111122223333';
export const START = Date.parse('2026-11-20T08:00:00Z');

/** What a case needs, in Chinese. */
export const REQUEST = {
  subject: '测试：实例无法启动 TEST CASE-Please ignore',
  communicationBody: '实例 i-0123 从 10:00 起无法启动。',
  serviceCode: 'amazon-elastic-compute-cloud-linux',
  categoryCode: 'instance-issue',
  severityCode: 'normal',
  language: 'zh',
};

export interface Setting {
  region?: string;
  settings?: Partial<SupportSettings>;
}

/** Support with two clocks that stand until they are moved, and without a limit on calls; EventBridge is a list. */
export async function openSupport({ region = 'us-east-1', settings }: Setting = {}) {
  const events: EventInput[] = [];
  const log: string[] = [];
  const clock = { now: START, real: 0 };
  const clients: SupportClient[] = [];
  const support: Support = await startSupport({
    account: ACCOUNT,
    region,
    now: () => clock.now,
    real: () => clock.real,
    log: (line) => log.push(line),
    emit: (happening) => events.push(happening),
    arnOf: ({ account }) => `arn:aws:sts::${account}:assumed-role/Casebell/desk`,
    settings: { callsPerSecond: Number.POSITIVE_INFINITY, ...settings },
  });

  function clientOf(account: string, signedFor = region): SupportClient {
    const credentials = { accessKeyId: `AKIA${account}CASE`, secretAccessKey: 'x' };
    const client = new SupportClient({ region: signedFor, endpoint: support.url, credentials, maxAttempts: 1 });
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
    log,
    /** The names of the events so far. */
    told: () => events.map(({ detail }) => (detail as { 'event-name': string })['event-name']),
    /** Opens a case and gives its id. */
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

export type Opened = Awaited<ReturnType<typeof openSupport>>;
