import {
  CreateCaseCommand,
  DescribeCasesCommand,
  DescribeServicesCommand,
  DescribeSeverityLevelsCommand,
  DescribeSupportedLanguagesCommand,
} from '@aws-sdk/client-support';
import { ACCOUNT, type Opened, openSupport, REQUEST, type Setting } from './support.fixture';

let opened: Opened;

const start = async (setting?: Setting): Promise<Opened> => {
  opened = await openSupport(setting);
  return opened;
};

afterEach(() => opened.close());

const list = (from = opened.client) => from.send(new DescribeCasesCommand({}));

it.each([
  ['eu-west-1', 'us-east-1', 'eu-west-1'],
  ['cn-northwest-1', 'cn-north-1', 'cn-northwest-1'],
  ['us-gov-east-1', 'us-gov-west-1', 'us-east-1'],
])('in a stack of %s answers what is signed for %s and nothing else', async (region, home, elsewhere) => {
  const { clientOf } = await start({ region });
  expect((await list(clientOf(ACCOUNT, home))).cases).toEqual([]);
  const refused = await list(clientOf(ACCOUNT, elsewhere)).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    name: 'InvalidSignatureException',
    message: `Credential should be scoped to a valid region, not '${elsewhere}'.`,
    $metadata: { httpStatusCode: 403 },
  });
});

it('knows no languages in China, and sends no events there', async () => {
  const { client, events } = await start({ region: 'cn-north-1' });
  const { language, ...request } = REQUEST;
  await expect(client.send(new CreateCaseCommand({ ...request, language }))).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
  });
  const { caseId } = await client.send(new CreateCaseCommand(request));
  expect(caseId).toMatch(/^case-111122223333-muzh-/);
  const { cases } = await list();
  expect(cases?.[0]).toMatchObject({ caseId, status: 'unassigned' });
  expect(cases?.[0]?.language).toBeUndefined();
  const { serviceCode, categoryCode } = request;
  const asked = new DescribeSupportedLanguagesCommand({ issueType: 'technical', serviceCode, categoryCode });
  expect((await client.send(asked)).supportedLanguages).toEqual([]);
  expect(events).toEqual([]);
});

it('refuses an account that has no plan, whatever it asks', async () => {
  const { support, client, clientOf } = await start();
  support.subscribe(ACCOUNT, 'none');
  for (const command of [new DescribeServicesCommand({}), new DescribeSeverityLevelsCommand({})] as const) {
    const refused = await client.send(command as DescribeServicesCommand).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      name: 'SubscriptionRequiredException',
      message: 'Amazon Web Services Premium Support Subscription is required to use this service.',
    });
  }
  expect((await list(clientOf('444455556666'))).cases).toEqual([]);
});

it('refuses what a role may not do, and names the role and the permission', async () => {
  const { support } = await start();
  support.deny(`${ACCOUNT}/Casebell`, 'DescribeCases');
  await expect(list()).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining('assumed-role/Casebell/desk is not authorized to perform: support:DescribeCases'),
  });
  await opened.open();
  support.deny(`${ACCOUNT}/Casebell`);
  expect((await list()).cases).toHaveLength(1);
  support.deny(ACCOUNT, 'CreateCase');
  await expect(opened.open()).rejects.toMatchObject({ name: 'AccessDeniedException' });
});

it('answers five calls a second of one account, and others besides', async () => {
  const { clock, clientOf } = await start({ settings: { callsPerSecond: 5 } });
  for (let call = 0; call < 5; call += 1) await list();
  await expect(list()).rejects.toMatchObject({
    name: 'ThrottlingException',
    message: 'Rate exceeded',
    throttlingReasons: [{ resource: 'support:DescribeCases' }],
  });
  await list(clientOf('444455556666'));
  clock.real += 200;
  await list();
  await expect(list()).rejects.toMatchObject({ name: 'ThrottlingException' });
});

it('lets whoever lives twenty times as fast call twenty times as often', async () => {
  const { clock } = await start({ settings: { callsPerSecond: 5 } });
  const answers = [];
  for (let call = 0; call < 40; call += 1) {
    answers.push(await list());
    clock.now += 200;
    clock.real += 10;
  }
  expect(answers).toHaveLength(40);
});

it('throttles nobody where a test wants it', async () => {
  const { support } = await start({ settings: { callsPerSecond: 5 } });
  support.set({ callsPerSecond: Number.POSITIVE_INFINITY });
  expect(await Promise.all(Array.from({ length: 20 }, () => list()))).toHaveLength(20);
});
