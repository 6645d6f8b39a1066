import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parseDocument, type YAMLError } from 'yaml';
import { isMapping, type Mapping, mappingOf } from './mapping';
import { SHORT_FORMS } from './short-forms';
import { TemplateError } from './template-error';

export interface ResourceDeclaration {
  type: string;
  properties: Mapping;
  /** The name of the condition under which it is created. */
  condition?: string;
  dependsOn: readonly string[];
}

/** A SAM or CloudFormation template, its short-form functions written out. */
export interface Template {
  /** Where relative CodeUri and ContentUri begin. */
  folder: string;
  parameters: Mapping;
  rules: Mapping;
  mappings: Mapping;
  conditions: Mapping;
  globals: Mapping;
  resources: Readonly<Record<string, ResourceDeclaration>>;
  outputs: Mapping;
}

/** Reads YAML or JSON. Throws TemplateError with file, line and column when it cannot be read. */
export async function readTemplate(file: string): Promise<Template> {
  const content = parse(file, await read(file));
  const section = (name: string): Mapping => mappingOf(content[name], `${file}: ${name}`);
  const resources = Object.entries(section('Resources'));
  if (resources.length === 0) throw new TemplateError(`${file}: there is no resource in it.`);
  return {
    folder: dirname(file),
    parameters: section('Parameters'),
    rules: section('Rules'),
    mappings: section('Mappings'),
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
  if (problem) throw new TemplateError(`${file}:${placeOf(problem)}: ${firstLine(problem.message)}`);
  const content: unknown = document.toJS();
  if (!isMapping(content)) throw new TemplateError(`${file}:1:1: a template is a mapping with Resources in it.`);
  return content;
}

function placeOf({ linePos }: YAMLError): string {
  const [start] = linePos ?? [];
  return start ? `${start.line}:${start.col}` : '1:1';
}

/** The library goes on with an excerpt, and repeats the place. */
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
