import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type CollectionTag,
  Pair,
  parseDocument,
  Scalar,
  type ScalarTag,
  type YAMLError,
  YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { isMapping, type Mapping, mappingOf, TemplateError } from './values';

export interface ResourceDeclaration {
  type: string;
  properties: Mapping;
  /** Name of the condition for its creation. */
  condition?: string;
  dependsOn: readonly string[];
}

/** A SAM or CloudFormation template with its short-form functions expanded. */
export interface Template {
  /** The base of relative CodeUri and ContentUri paths. */
  folder: string;
  parameters: Mapping;
  rules: Mapping;
  conditions: Mapping;
  globals: Mapping;
  resources: Readonly<Record<string, ResourceDeclaration>>;
  outputs: Mapping;
}

/** Reads YAML or JSON. @throws TemplateError with file, line and column */
export async function readTemplate(file: string): Promise<Template> {
  const content = parse(file, await read(file));
  const section = (name: string): Mapping => mappingOf(content[name], `${file}: ${name}`);
  const resources = Object.entries(section('Resources'));
  if (resources.length === 0) throw new TemplateError(`${file}: the template has no resources.`);
  return {
    folder: dirname(file),
    parameters: section('Parameters'),
    rules: section('Rules'),
    conditions: section('Conditions'),
    globals: section('Globals'),
    resources: Object.fromEntries(resources.map(([id, value]) => [id, resourceOf(`${file}: ${id}`, value)])),
    outputs: section('Outputs'),
  };
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new TemplateError(`${file} cannot be read: is this the template's path?`, { cause: error });
  }
}

function parse(file: string, text: string): Mapping {
  const document = parseDocument(text, { customTags: SHORT_FORMS, prettyErrors: true });
  const [problem] = [...document.errors, ...document.warnings];
  if (problem) throw new TemplateError(`${file}:${positionOf(problem)}: ${firstLine(problem.message)}`);
  const content: unknown = document.toJS();
  if (!isMapping(content)) throw new TemplateError(`${file}:1:1: a template is a mapping with Resources.`);
  return content;
}

function positionOf({ linePos }: YAMLError): string {
  const [start] = linePos ?? [];
  return start ? `${start.line}:${start.col}` : '1:1';
}

/** The library appends an excerpt and repeats the position. */
function firstLine(message: string): string {
  return message.replace(/( at line \d+, column \d+)?:?\n.*$/s, '');
}

function resourceOf(what: string, value: unknown): ResourceDeclaration {
  const { Type, Properties, Condition, DependsOn } = mappingOf(value, what);
  if (typeof Type !== 'string') throw new TemplateError(`${what} has no Type.`);
  return {
    type: Type,
    properties: mappingOf(Properties, `${what}: Properties`),
    ...(typeof Condition === 'string' ? { condition: Condition } : {}),
    dependsOn: [DependsOn ?? []].flat().map(String),
  };
}

/** Functions with a YAML short form (CloudFormation User Guide, "Intrinsic function reference"). */
const NAMES = [
  'And',
  'Contains',
  'Equals',
  'GetAtt',
  'If',
  'ImportValue',
  'Join',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
];

/** `!Sub text` becomes `{ "Fn::Sub": text }`, and so on. */
const SHORT_FORMS: (ScalarTag | CollectionTag)[] = [
  ...['Ref', 'Condition'].flatMap((name) => tagsOf(`!${name}`, name)),
  ...NAMES.flatMap((name) => tagsOf(`!${name}`, `Fn::${name}`)),
];

function tagsOf(tag: string, long: string): (ScalarTag | CollectionTag)[] {
  const resolve = (node: YAMLMap | YAMLSeq): YAMLMap => {
    const mapping = new YAMLMap();
    node.tag = undefined;
    mapping.items.push(new Pair(new Scalar(long), node));
    return mapping;
  };
  return [
    { tag, resolve: (text) => ({ [long]: scalarOf(long, text) }) },
    { tag, collection: 'seq', resolve },
    { tag, collection: 'map', resolve },
  ];
}

/** The scalar `!GetAtt Resource.Attribute` becomes a list. */
function scalarOf(long: string, text: string): unknown {
  if (long !== 'Fn::GetAtt') return text;
  const [resource, ...attribute] = text.split('.');
  return [resource, attribute.join('.')];
}
