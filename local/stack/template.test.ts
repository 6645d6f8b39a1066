import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplate } from './template';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'casebell-template-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function write(text: string): Promise<string> {
  const file = join(folder, 'template.yaml');
  await writeFile(file, text);
  return file;
}

it('expands every short form', async () => {
  const template = await readTemplate(
    await write(`
Resources:
  Topic:
    Type: AWS::SNS::Topic
    DependsOn: Queue
    Condition: Loud
    Properties:
      TopicName: !Sub '\${AWS::StackName}-alerts'
      Other: !Join ['-', [!Ref Name, !GetAtt Queue.Arn, !GetAtt Table.Nested.Name]]
      Choice: !If [Loud, !Ref 'AWS::NoValue', { Key: !Select [0, !Split [',', 'a,b']] }]
      Detailed: !Sub
        - '\${own}'
        - own: !Join ['-', [a, b]]
`),
  );
  expect(template.resources.Topic).toEqual({
    type: 'AWS::SNS::Topic',
    dependsOn: ['Queue'],
    condition: 'Loud',
    properties: {
      TopicName: { 'Fn::Sub': `\${AWS::StackName}-alerts` },
      Other: {
        'Fn::Join': [
          '-',
          [{ Ref: 'Name' }, { 'Fn::GetAtt': ['Queue', 'Arn'] }, { 'Fn::GetAtt': ['Table', 'Nested.Name'] }],
        ],
      },
      Choice: {
        'Fn::If': ['Loud', { Ref: 'AWS::NoValue' }, { Key: { 'Fn::Select': [0, { 'Fn::Split': [',', 'a,b'] }] } }],
      },
      Detailed: { 'Fn::Sub': [`\${own}`, { own: { 'Fn::Join': ['-', ['a', 'b']] } }] },
    },
  });
});

it('reports a missing file', async () => {
  await expect(readTemplate(join(folder, 'none.yaml'))).rejects.toThrow(/none\.yaml cannot be read/);
});

it.each([
  ['a broken line', 'Resources:\n  A: [1,\n  B: 2\n', /template\.yaml:\d+:\d+: /],
  ['a key given twice', 'Resources:\n  A: 1\n  A: 2\n', /template\.yaml:3:3: Map keys must be unique$/],
  ['a misspelt function', 'Resources:\n  A: !Reff B\n', /template\.yaml:2:6: Unresolved tag: !Reff$/],
  ['a list in place of a mapping', '- Resources\n', /template\.yaml:1:1: a template is a mapping/],
  ['no resource', 'Resources: {}\n', /template\.yaml: the template has no resources/],
  ['a resource without a type', 'Resources:\n  A: {}\n', /template\.yaml: A has no Type/],
])('reports the position of %s', async (_name, text, message) => {
  await expect(readTemplate(await write(text))).rejects.toThrow(message);
});
