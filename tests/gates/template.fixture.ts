import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Template {
  Metadata: {
    'AWS::ServerlessRepo::Application': Record<string, unknown>;
    'AWS::CloudFormation::Interface': Interface;
  };
  Parameters: Record<string, Parameter>;
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  Outputs: Record<string, unknown>;
}
interface Parameter {
  Type: string;
  Description?: string;
  ConstraintDescription?: string;
  NoEcho?: boolean;
  MaxValue?: number;
}
interface Interface {
  ParameterGroups: { Parameters: string[] }[];
  ParameterLabels: Record<string, unknown>;
}

const SHORT_FORMS = [
  'Ref',
  'Sub',
  'If',
  'Not',
  'Equals',
  'Join',
  'GetAtt',
  'And',
  'Or',
  'Condition',
  'Select',
  'Split',
];
const tags = SHORT_FORMS.flatMap((name) => [
  { tag: `!${name}`, resolve: (text: string) => ({ [name]: text }) },
  {
    tag: `!${name}`,
    collection: 'seq' as const,
    resolve: (list: { toJSON(): unknown }) => ({ [name]: list.toJSON() }),
  },
]);

/** A template as an object; `!Ref X` is `{ Ref: 'X' }`. */
export const readTemplate = (file: string): Template =>
  parse(readFileSync(file, 'utf8'), { customTags: tags, logLevel: 'error' }) as Template;

/** What a role or a policy allows, in order, but for that by which Lambda itself takes messages from a queue. */
export function actionsOf({ Resources }: Template, id: string): string[] {
  const allowed = { ...Resources[id]?.Properties, AssumeRolePolicyDocument: undefined };
  const statements = JSON.stringify(allowed).split(/(?=\{"Sid":)/);
  const own = statements.filter((statement) => !statement.startsWith('{"Sid":"ReceiveFromQueues"'));
  /** The keys of conditions look alike and are no actions. */
  const named = own.join('').match(/"Action":("[^"]+"|\[[^\]]*\])/g) ?? [];
  return [...new Set(named.join().match(/\b(bedrock|dynamodb|secretsmanager|sqs|ssm|sts|support):\w+/g))].sort();
}
