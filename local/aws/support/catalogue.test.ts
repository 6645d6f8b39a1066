import {
  DescribeCreateCaseOptionsCommand,
  DescribeServicesCommand,
  DescribeSeverityLevelsCommand,
  DescribeSupportedLanguagesCommand,
} from '@aws-sdk/client-support';
import { categoryName, SERVICES } from './catalogue';
import { ACCOUNT, type Opened, openSupport } from './support.fixture';

let opened: Opened;

beforeAll(async () => {
  opened = await openSupport();
});

afterAll(() => opened.close());

const EC2 = { serviceCode: 'amazon-elastic-compute-cloud-linux', categoryCode: 'general-guidance' };

it('lists services and categories by code and name', async () => {
  const { services = [] } = await opened.client.send(new DescribeServicesCommand({ language: 'en' }));
  expect(services).toHaveLength(50);
  const ec2 = services.find(({ code }) => code === EC2.serviceCode);
  expect(ec2?.name).toBe('Elastic Compute Cloud (EC2 - Linux)');
  expect(ec2?.categories).toContainEqual({ code: 'instance-issue', name: 'Instance Issue' });
});

it('lists only the services that are asked for', async () => {
  const serviceCodeList = ['general-info', 'nothing'];
  const { services } = await opened.client.send(new DescribeServicesCommand({ serviceCodeList }));
  expect(services?.map(({ code }) => code)).toEqual(['general-info']);
});

it('has no code twice and a name for everything', () => {
  const codes = SERVICES.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const { name, categories } of SERVICES) {
    expect(name).not.toBe('');
    expect(categories.length).toBeGreaterThan(0);
    for (const category of categories) expect(categoryName(category)).not.toBe(category);
  }
});

it.each([
  ['developer', ['low', 'normal']],
  ['business', ['low', 'normal', 'high', 'urgent']],
  ['enterprise', ['low', 'normal', 'high', 'urgent', 'critical']],
] as const)('lists the severity levels of plan %s', async (plan, codes) => {
  opened.support.subscribe(ACCOUNT, plan);
  const { severityLevels } = await opened.client.send(new DescribeSeverityLevelsCommand({ language: 'zh' }));
  expect(severityLevels?.map(({ code }) => code)).toEqual(codes);
  expect(severityLevels?.[0]?.name).toBe('Low');
});

it.each([
  ['technical', EC2, ['en', 'zh', 'ja', 'ko']],
  [
    'customer-service',
    { serviceCode: 'billing', categoryCode: 'vat' },
    ['en', 'zh', 'ja', 'ko', 'es', 'pt', 'fr', 'tr'],
  ],
  ['technical', { serviceCode: 'distributed-denial-of-service', categoryCode: 'report' }, ['en', 'ja']],
])('says which languages are spoken: %s, %j', async (issueType, topic, codes) => {
  const asked = new DescribeSupportedLanguagesCommand({ issueType, ...topic });
  const { supportedLanguages } = await opened.client.send(asked);
  expect(supportedLanguages?.map(({ code }) => code)).toEqual(codes);
  expect(supportedLanguages?.[0]).toEqual({ code: 'en', language: 'ENGLISH', display: 'ENGLISH' });
});

it('says over which channels a case can be opened, if any', async () => {
  const optionsIn = (language: string) =>
    opened.client.send(new DescribeCreateCaseOptionsCommand({ issueType: 'technical', language, ...EC2 }));
  const chinese = await optionsIn('zh');
  expect(chinese.languageAvailability).toBe('available');
  expect(chinese.communicationTypes?.map(({ type }) => type)).toEqual(['web', 'chat', 'call']);
  expect(await optionsIn('tr')).toMatchObject({ languageAvailability: 'unavailable', communicationTypes: [] });
});

it('knows no language that AWS does not speak at all', async () => {
  const klingon = new DescribeServicesCommand({ language: 'tlh' });
  await expect(opened.client.send(klingon)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
});
