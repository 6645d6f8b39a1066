import { CreateCaseCommand, DescribeCasesCommand, DescribeSupportedLanguagesCommand } from '@aws-sdk/client-support';
import { categoryName, SERVICES } from './catalogue';
import { ACCOUNT, openSupport, REQUEST, type TestOptions, type TestSupport } from './support.fixture';

let at: TestSupport;

const start = async (options?: TestOptions): Promise<TestSupport> => {
  at = await openSupport(options);
  return at;
};

afterEach(() => at.close());

const OTHER_ACCOUNT = '444455556666';
const list = (from = at.client) => from.send(new DescribeCasesCommand({}));
const EC2 = { serviceCode: 'amazon-elastic-compute-cloud-linux', categoryCode: 'general-guidance' };

describe('every operation', () => {
  it.each([
    ['eu-west-1', 'us-east-1', 'eu-west-1'],
    ['cn-northwest-1', 'cn-north-1', 'cn-northwest-1'],
    ['us-gov-east-1', 'us-gov-west-1', 'us-east-1'],
  ])('in a stack of %s accepts signatures for %s only', async (region, home, other) => {
    const { clientOf } = await start({ region });
    expect((await list(clientOf(ACCOUNT, home))).cases).toEqual([]);
    await expect(list(clientOf(ACCOUNT, other))).rejects.toMatchObject({
      name: 'InvalidSignatureException',
      message: `Credential should be scoped to a valid region, not '${other}'.`,
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('rejects a role or an account without permission, naming both', async () => {
    const { support } = await start();
    support.deny(`${ACCOUNT}/Casebell`, 'DescribeCases');
    const message = 'assumed-role/Casebell/support is not authorized to perform: support:DescribeCases';
    await expect(list()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(message),
    });
    await at.open();
    support.deny(`${ACCOUNT}/Casebell`);
    expect((await list()).cases).toHaveLength(1);
    support.deny(ACCOUNT, 'CreateCase');
    await expect(at.open()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('rejects more than five calls per second of one account', async () => {
    const { clock, clientOf, support } = await start({ settings: { callsPerSecond: 5 } });
    for (let call = 0; call < 5; call += 1) await list();
    await expect(list()).rejects.toMatchObject({
      name: 'ThrottlingException',
      message: 'Rate exceeded',
      throttlingReasons: [{ resource: 'support:DescribeCases' }],
    });
    await list(clientOf(OTHER_ACCOUNT));
    clock.real += 200;
    await list();
    await expect(list()).rejects.toMatchObject({ name: 'ThrottlingException' });
    support.set({ callsPerSecond: Number.POSITIVE_INFINITY });
    expect(await Promise.all(Array.from({ length: 20 }, () => list()))).toHaveLength(20);
  });

  it('accepts twenty times as many calls when the clock runs twenty times as fast', async () => {
    const { clock } = await start({ settings: { callsPerSecond: 5 } });
    for (let call = 0; call < 40; call += 1) {
      expect((await list()).cases).toEqual([]);
      clock.now += 200;
      clock.real += 10;
    }
  });

  it('in China knows no languages and publishes no events', async () => {
    const { client, events } = await start({ region: 'cn-north-1' });
    const { language, ...request } = REQUEST;
    const withLanguage = client.send(new CreateCaseCommand({ ...request, language }));
    await expect(withLanguage).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
    const { caseId } = await client.send(new CreateCaseCommand(request));
    expect(caseId).toMatch(/^case-111122223333-muzh-/);
    const [found] = (await list()).cases ?? [];
    expect([found?.caseId, found?.language]).toEqual([caseId, undefined]);
    const languages = new DescribeSupportedLanguagesCommand({ issueType: 'technical', ...EC2 });
    expect((await client.send(languages)).supportedLanguages).toEqual([]);
    expect(events).toEqual([]);
  });
});

describe('the catalogue', () => {
  beforeEach(() => start());

  it('has unique codes and a name for every service and category', () => {
    expect(new Set(SERVICES.map(({ code }) => code)).size).toBe(SERVICES.length);
    for (const { name, categories } of SERVICES) {
      expect([name === '', categories.length === 0]).toEqual([false, false]);
      for (const category of categories) expect(categoryName(category)).not.toBe(category);
    }
  });
});
