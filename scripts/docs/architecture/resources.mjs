// Reads a template as plain objects: `!Ref X` is `{ Ref: 'X' }`.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const FUNCTIONS = [
  ...['And', 'Condition', 'Equals', 'FindInMap', 'GetAtt', 'If', 'Join', 'Not', 'Or', 'Ref', 'Select', 'Split', 'Sub'],
];
const TAGS = FUNCTIONS.flatMap((name) => [
  { tag: `!${name}`, resolve: (text) => ({ [name]: text }) },
  ...['seq', 'map'].map((collection) => ({
    ...{ tag: `!${name}`, collection },
    resolve: (node) => ({ [name]: node.toJSON() }),
  })),
]);

/** `{ id, type, condition, kept, properties }` of each, in the template's order. */
export function readResources(file) {
  const { Resources } = parse(readFileSync(file, 'utf8'), { customTags: TAGS, logLevel: 'error' });
  return Object.entries(Resources).map(([id, { Type, Condition, DeletionPolicy, Properties = {} }]) => ({
    ...{ id, type: Type, condition: Condition, kept: DeletionPolicy === 'Retain', properties: Properties },
  }));
}

/** The names that a value refers to with Ref, GetAtt and Sub, each once: of resources and of parameters. */
export function namesIn(value) {
  if (Array.isArray(value)) return unique(value.flatMap(namesIn));
  if (typeof value !== 'object' || value === null) return [];
  return unique(Object.entries(value).flatMap(([key, part]) => OF_FUNCTION[plain(key)]?.(part) ?? namesIn(part)));
}

const OF_FUNCTION = {
  Ref: (name) => [name],
  GetAtt: (path) => [[path].flat()[0].split('.')[0]],
  Sub: (text) => [...textOf(text).matchAll(/\$\{(\w+)/g)].map(([, name]) => name).concat(namesIn([text].flat()[1])),
};

const textOf = (text) => [text].flat()[0];
/** `Fn::Sub` and `Sub` are one. */
export const plain = (key) => key.replace(/^Fn::/, '');
export const unique = (all) => [...new Set(all)];

/** All possible items of a list: of an If both sides. */
export function choices(value) {
  if (value === undefined || value?.Ref === 'AWS::NoValue') return [];
  if (Array.isArray(value)) return value.flatMap(choices);
  const branches = value.If ?? value['Fn::If'];
  return branches ? branches.slice(1).flatMap(choices) : [value];
}
