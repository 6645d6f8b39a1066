import { type Input, optionalRecord, requiredText } from '../input';
import { invalid } from '../service-error';
import type { Rule } from './bus';
import type { BusEvent } from './event';
import { jsonPath } from './json-path';

type Read = (event: BusEvent, rule: Rule) => unknown;

/** The variables every template knows (User Guide, "Amazon EventBridge input transformation"). */
const RESERVED: Readonly<Record<string, Read>> = {
  'aws.events.rule-arn': (_event, { arn }) => arn,
  'aws.events.rule-name': (_event, { name }) => name,
  'aws.events.event.ingestion-time': ({ time }) => time,
  'aws.events.event': ({ detail, ...rest }) => rest,
  'aws.events.event.json': (event) => event,
};

function variables(transformer: Input): Record<string, Read> {
  const paths = optionalRecord(transformer, 'InputPathsMap') ?? {};
  const own = Object.keys(paths).map((name): [string, Read] => {
    if (/^aws/i.test(name)) throw invalid(`InputTransformer variable names must not begin with AWS: ${name}.`);
    return [name, jsonPath(requiredText(paths, name))];
  });
  return { ...RESERVED, ...Object.fromEntries(own) };
}

/** A quoted string, or what stands between two of them. */
const PART = /"(?:[^"\\]|\\.)*"|[^"]+|"/g;
const PLACEHOLDER = /<([\w.-]+)>/g;

const isQuoted = (part: string): boolean => part.length > 1 && part.startsWith('"');

/** Within quotes a string goes in as it is, unescaped, and an object without its quotes: so EventBridge's documentation. */
function inserted(value: unknown, quoted: boolean): string {
  if (value === undefined) return '';
  if (!quoted) return JSON.stringify(value);
  return typeof value === 'string' ? value : JSON.stringify(value).replaceAll('"', '');
}

const fill = (template: string, look: (name: string) => unknown): string =>
  template.replace(PART, (part) =>
    part.replace(PLACEHOLDER, (_placeholder, name: string) => inserted(look(name), isQuoted(part))),
  );

function isJson(candidate: string): boolean {
  try {
    JSON.parse(candidate);
    return true;
  } catch {
    return false;
  }
}

/** A template is one JSON value, or lines that are quoted strings. */
function refuseMalformed(template: string, known: Record<string, Read>): void {
  for (const [, name = ''] of template.matchAll(PLACEHOLDER)) {
    if (!Object.hasOwn(known, name)) throw invalid(`InputTemplate contains invalid placeholder ${name}.`);
  }
  const example = fill(template, () => 0);
  const lines = example.split('\n').filter((line) => line.trim() !== '');
  if (!isJson(example) && !lines.every(isJson))
    throw invalid('Invalid InputTemplate: neither JSON nor quoted strings.');
}

/**
 * Compiles an InputTransformer into what the target will be told about an event.
 * @throws ServiceError for an unknown placeholder, a bad path or a template that can never become JSON
 */
export function inputTransformer(transformer: Input): (event: BusEvent, rule: Rule) => string {
  const known = variables(transformer);
  const template = requiredText(transformer, 'InputTemplate');
  refuseMalformed(template, known);
  return (event, rule) => fill(template, (name) => known[name]?.(event, rule));
}
