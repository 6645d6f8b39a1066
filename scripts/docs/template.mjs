// Reads a template as YAML nodes, so that its comments and its short forms (!Ref, !If) can be shown in words.
import { readFileSync } from 'node:fs';
import { isMap, isSeq, parseDocument } from 'yaml';

/** The document of a SAM or CloudFormation template; `!Ref X` stays a scalar with that tag. */
export const readTemplate = (file) => parseDocument(readFileSync(file, 'utf8'), { logLevel: 'silent' });

/** `[id, type, properties, condition]` of each resource, in the template's order. */
export const resourcesOf = (template) =>
  template
    .get('Resources')
    .items.map(({ key, value }) => [key.value, value.get('Type'), value.get('Properties'), value.get('Condition')]);

/** `[name, argument]` of a function in either of its forms; undefined for anything else. */
export function functionOf(node) {
  if (node?.tag?.startsWith('!')) return [node.tag.slice(1), node];
  const [only, ...others] = isMap(node) ? node.items : [];
  const [, name] = /^(?:Fn::)?(If|Sub|Ref|GetAtt|Join)$/.exec(only?.key.value ?? '') ?? [];
  return name && others.length === 0 ? [name, only.value] : undefined;
}

/** `[condition, value]` of every possible value of a node; the condition is '' for an unconditional value. */
export function choicesOf(node, when = '') {
  const [name, argument] = functionOf(node) ?? [];
  if (name === 'Ref' && argument.value === 'AWS::NoValue') return [];
  if (name === 'If') {
    const [condition, met, unmet] = argument.items;
    const and = (word) => [when, `${word}\`${condition.value}\``].filter(Boolean).join(', ');
    return [...choicesOf(met, and('if ')), ...choicesOf(unmet, and('unless '))];
  }
  if (isSeq(node) && !name) return node.items.flatMap((item) => choicesOf(item, when));
  return [[when, node]];
}

/** The value of a node, in the template's names. */
export function wordOf(node) {
  const [name, argument] = functionOf(node) ?? [];
  if (name === 'Sub') return (isSeq(argument) ? argument.items[0] : argument).value.replace(/\$\{(\w+)\.Arn\}/g, '$1');
  if (name === 'GetAtt') return argument.value.replace(/\.Arn$/, '');
  return String((name ? argument : node)?.value ?? node);
}

/** Every value of a node in words, each with its condition. */
export const wordsOf = (node) =>
  choicesOf(node).map(([when, value]) => `\`${wordOf(value)}\`${when ? ` (${when})` : ''}`);
