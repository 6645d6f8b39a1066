import { type Input, isRecord, optionalRecord, requiredText } from '../input';
import { invalid } from '../service-error';
import type { Rule } from './buses';
import type { BusEvent } from './event';

type Read = (event: BusEvent, rule: Rule) => unknown;

/** Variables that every template has (User Guide, "Amazon EventBridge input transformation"). */
const RESERVED: Readonly<Record<string, Read>> = {
  'aws.events.rule-arn': (_event, { arn }) => arn,
  'aws.events.rule-name': (_event, { name }) => name,
  'aws.events.event.ingestion-time': ({ time }) => time,
  'aws.events.event': ({ detail, ...rest }) => rest,
  'aws.events.event.json': (event) => event,
};

function variablesOf(transformer: Input): Record<string, Read> {
  const paths = optionalRecord(transformer, 'InputPathsMap') ?? {};
  const variables = Object.keys(paths).map((name): [string, Read] => {
    if (/^aws/i.test(name)) throw invalid(`InputTransformer variable names must not begin with AWS: ${name}.`);
    return [name, compileJsonPath(requiredText(paths, name))];
  });
  return { ...RESERVED, ...Object.fromEntries(variables) };
}

/** A quoted string, or the text between two of them. */
const PART = /"(?:[^"\\]|\\.)*"|[^"]+|"/g;
const PLACEHOLDER = /<([\w.-]+)>/g;

const isQuoted = (part: string): boolean => part.length > 1 && part.startsWith('"');

/** Within quotes EventBridge inserts a string unescaped and an object without its quotes (same page). */
function toText(value: unknown, isInQuotes: boolean): string {
  if (value === undefined) return '';
  if (!isInQuotes) return JSON.stringify(value);
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '');
}

const fill = (template: string, read: (name: string) => unknown): string =>
  template.replace(PART, (part) =>
    part.replace(PLACEHOLDER, (_placeholder, name: string) => toText(read(name), isQuoted(part))),
  );

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A template is one JSON value, or lines of quoted strings. */
function rejectMalformed(template: string, variables: Record<string, Read>): void {
  for (const [, name = ''] of template.matchAll(PLACEHOLDER)) {
    if (!Object.hasOwn(variables, name)) throw invalid(`InputTemplate contains invalid placeholder ${name}.`);
  }
  const example = fill(template, () => 0);
  const lines = example.split('\n').filter((line) => line.trim() !== '');
  if (!isJson(example) && !lines.every(isJson))
    throw invalid('Invalid InputTemplate: neither JSON nor quoted strings.');
}

/**
 * Compiles an InputTransformer into a function that returns a target's message.
 * @throws ServiceError for an unknown placeholder, an invalid path or a template that cannot become JSON
 */
export function compileTransformer(transformer: Input): (event: BusEvent, rule: Rule) => string {
  const variables = variablesOf(transformer);
  const template = requiredText(transformer, 'InputTemplate');
  rejectMalformed(template, variables);
  return (event, rule) => fill(template, (name) => variables[name]?.(event, rule));
}

const PATH = /^\$(?:\.[\w-]+|\[\d+\])*$/;

/**
 * Compiles a JSON path such as `$`, `$.detail.state` or `$.resources[0]`; it returns undefined for a missing value.
 * @throws ServiceError for any other notation
 */
function compileJsonPath(path: string): (event: unknown) => unknown {
  if (!PATH.test(path)) throw invalid(`Invalid JSON path ${path}.`);
  const steps = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]/g)].map(([, name, index]) => name ?? Number(index));
  return (event) =>
    steps.reduce((value: unknown, step) => {
      if (typeof step === 'number') return Array.isArray(value) ? value[step] : undefined;
      return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    }, event);
}
