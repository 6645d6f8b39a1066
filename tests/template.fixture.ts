import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Template {
  Metadata: {
    'AWS::ServerlessRepo::Application': Record<string, unknown>;
    'AWS::CloudFormation::Interface': Interface;
  };
  Parameters: Record<string, { Description?: string; NoEcho?: boolean; MaxValue?: number }>;
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  Outputs: Record<string, unknown>;
}
interface Interface {
  ParameterGroups: { Parameters: string[] }[];
  ParameterLabels: Record<string, unknown>;
}

const SHORT_FORMS = ['Ref', 'Sub', 'If', 'Not', 'Equals', 'Join', 'GetAtt', 'And', 'Condition', 'Select', 'Split'];
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

/** The actions that a function, a role or a policy names, in order; the keys of its conditions look alike and are none. */
export function actionsOf({ Resources }: Template, id: string): string[] {
  const named = JSON.stringify(Resources[id]?.Properties ?? {}).match(/"Action":("[^"]+"|\[[^\]]*\])/g) ?? [];
  return [...new Set(named.join().match(/\b(bedrock|dynamodb|secretsmanager|sqs|sts|support):\w+/g))].sort();
}
