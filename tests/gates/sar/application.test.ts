import { readFileSync, statSync } from 'node:fs';
import { readTemplate } from '../template.fixture';

const MEGABYTE = 2 ** 20;
const source = readFileSync('template.yaml', 'utf8');
const { Metadata, Parameters, Resources, Outputs } = readTemplate('template.yaml');
const resources = Object.values(Resources);
const about = Metadata['AWS::ServerlessRepo::Application'] as unknown as About;
const supported = readFileSync('tests/gates/sar/supported-types.txt', 'utf8')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'));

interface About {
  Name: string;
  Description: string;
  Author: string;
  SpdxLicenseId: string;
  LicenseUrl: string;
  ReadmeUrl: string;
  Labels: string[];
  HomePageUrl: string;
  SourceCodeUrl: string;
  SemanticVersion: string;
}

it('the template has only resource types that the application repository supports', () => {
  expect(supported.length).toBeGreaterThan(140);
  expect(resources.map(({ Type }) => Type).filter((type) => !supported.includes(type))).toEqual([]);
});

/** Serverless Application Repository API Reference, "CreateApplicationRequest". */
it('the application’s metadata is complete and within the limits', () => {
  expect(about.Name).toMatch(/^[a-zA-Z0-9-]{1,140}$/);
  expect(about.Author).toMatch(/^[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){0,126}$/);
  expect(about.Description).toMatch(/^.{1,256}$/);
  expect(about.Labels.length).toBeLessThanOrEqual(10);
  for (const label of about.Labels) expect(label).toMatch(/^[a-zA-Z0-9+\-_:/@]{1,127}$/);
  expect(about.SemanticVersion).toMatch(/^\d+\.\d+\.\d+$/);
  for (const url of [about.HomePageUrl, about.SourceCodeUrl]) expect(new URL(url).protocol).toBe('https:');
});

it('the template has the version of package.json', () => {
  const { version, license } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(about.SemanticVersion).toBe(version);
  expect(about.SpdxLicenseId).toBe(license);
});

it('license and README exist and are within the size limit', () => {
  expect(readFileSync(about.LicenseUrl, 'utf8')).toContain('Apache License');
  for (const file of [about.LicenseUrl, about.ReadmeUrl]) expect(statSync(file).size).toBeLessThan(5 * MEGABYTE);
});

/** CloudFormation User Guide, "Understand CloudFormation quotas"; parameter types: API Reference, "ParameterDefinition". */
it('the template is within CloudFormation’s limits', () => {
  expect(Buffer.byteLength(source)).toBeLessThan(MEGABYTE);
  expect(Buffer.byteLength(/^Description: "(.*)"$/m.exec(source)?.[1] ?? '')).toBeLessThanOrEqual(1024);
  expect(Object.keys(Parameters).length).toBeLessThanOrEqual(200);
  expect(resources.length).toBeLessThanOrEqual(500);
  expect(Object.keys(Outputs).length).toBeLessThanOrEqual(200);
  for (const { Type, Description = '' } of Object.values(Parameters)) {
    expect(['String', 'Number', 'CommaDelimitedList']).toContain(Type);
    expect(Buffer.byteLength(Description)).toBeLessThanOrEqual(4000);
  }
});

/** A name of its own would need CAPABILITY_NAMED_IAM, and allow one stack an account and Region. */
it('the template names no role, function, queue, topic, table, group or rule', () => {
  const named = /^(Role|ManagedPolicy|Function|Queue|Topic|Table|LogGroup|Alarm)?Name$/;
  const names = resources.flatMap(({ Properties }) => Object.keys(Properties ?? {}).filter((key) => named.test(key)));
  expect(names.filter((name) => name !== 'FunctionName')).toEqual([]);
  const permissions = resources.filter(({ Type }) => Type === 'AWS::Lambda::Permission');
  expect(names).toHaveLength(permissions.length);
});

/** Serverless Application Repository Developer Guide, "Document history", April 2026. */
it('the policies contain nothing that the application repository rejects', () => {
  expect(JSON.stringify(Resources)).not.toMatch(
    /AWSLambda_FullAccess|iam:(AttachRolePolicy|PutRolePolicy|PassRole|\*)/,
  );
});

it('no ARN and no console URL is bound to a partition', () => {
  const deployed = source.slice(source.indexOf('\nConditions:'));
  expect(deployed).toContain('\nOutputs:');
  expect(deployed).not.toMatch(/arn:aws/);
  expect(deployed).not.toMatch(/amazonaws\.com(?!$|\n|\s)/m);
});
