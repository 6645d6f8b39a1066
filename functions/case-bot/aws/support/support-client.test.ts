import { startAws } from '../../../../local/aws/start-aws';
import { createSupportClients } from './accounts';
import { createMemorySupport } from './memory-support';
import { type OpenedSupport, supportClientContract } from './support-client.contract';

const START = Date.parse('2026-11-20T08:00:00Z');
const ACCOUNT = '000000000000';
const CLOSED = '444455556666';

async function openMemory(): Promise<OpenedSupport> {
  const clock = { now: START };
  const { clientOf, engineer, controls, calls } = createMemorySupport(() => clock.now);
  controls.denied[CLOSED] = ['AssumeRole'];
  return {
    ...{ client: clientOf(ACCOUNT), withoutRole: clientOf(CLOSED), engineer, clock },
    subscribe: (plan) => Object.assign(controls.plans, { [ACCOUNT]: plan }),
    deny: (...operations) => Object.assign(controls.denied, { [ACCOUNT]: operations }),
    lag: (lagMs) => Object.assign(controls, { lagMs }),
    limitCasesPerHour: (casesPerHour) => Object.assign(controls, { casesPerHour }),
    fail: async (fault) => Object.assign(controls, { fault }),
    countCalls: async (operation) => calls.filter((call) => call === operation).length,
    close: async () => undefined,
  };
}

let throttled = 0;

async function openAws(): Promise<OpenedSupport> {
  const clock = { now: START };
  const limits = { callsPerSecond: Number.POSITIVE_INFINITY, casesPerHour: Number.POSITIVE_INFINITY };
  const aws = await startAws({ now: () => clock.now, log: () => undefined, support: limits });
  Object.assign(process.env, aws.env);
  const closed = { id: CLOSED, name: 'closed', roleArn: `arn:aws:iam::${CLOSED}:role/cases` };
  const accounts = [{ id: ACCOUNT, name: 'main' }, closed];
  const clients = createSupportClients(
    { region: 'us-east-1', accounts, externalId: '' },
    () => clock.now,
    () => {
      throttled += 1;
    },
  );
  const [client, withoutRole] = [clients.get(ACCOUNT), clients.get(CLOSED)];
  if (!client || !withoutRole) throw new Error('An account has no client.');
  const { support } = aws;
  return {
    ...{ client, withoutRole, engineer: support.engineer, clock },
    subscribe: (plan) => support.subscribe(ACCOUNT, plan),
    deny: (...operations) => support.deny(ACCOUNT, ...operations),
    lag: (ms) => support.lag(ms),
    limitCasesPerHour: (casesPerHour) => support.set({ casesPerHour }),
    fail: (fault) => aws.setFault('support', fault),
    countCalls: async (operation) => (await aws.usage()).requests[`support.${operation}`] ?? 0,
    close: () => aws.close(),
  };
}

supportClientContract('AWS Support in memory', openMemory);
supportClientContract('the client of AWS Support', openAws);

it('the client of AWS Support counts every call that was throttled, also those that the SDK retries', () => {
  expect(throttled).toBeGreaterThan(1);
});
