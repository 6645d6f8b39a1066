// Draws resources and their calls as a Mermaid flowchart, which GitHub renders.
import { unique } from './resources.mjs';

/** The shape and the name of each kind of resource. */
const KINDS = {
  'AWS::DynamoDB::Table': ['[(', ')]', 'DynamoDB table'],
  'AWS::Events::Rule': ['([', '])', 'EventBridge rule'],
  'AWS::SecretsManager::Secret': ['[/', '/]', 'secret'],
  'AWS::Serverless::Function': ['["', '"]', 'Lambda function'],
  'AWS::Serverless::HttpApi': ['[\\', '\\]', 'HTTP API'],
  'AWS::SNS::Topic': ['{{', '}}', 'SNS topic'],
  'AWS::SQS::Queue': ['[[', ']]', 'SQS queue'],
};

/** Rules with the same target are one box. */
function withRulesTogether(resources, edges) {
  const isRule = ({ from }) => resources.some(({ id, type }) => id === from && type === 'AWS::Events::Rule');
  const [ofRules, others] = [edges.filter(isRule), edges.filter((edge) => !isRule(edge))];
  const boxes = unique(ofRules.map(({ to }) => to)).map((to) => {
    const rules = ofRules.filter((edge) => edge.to === to).map(({ from }) => from);
    return {
      id: rules.join('<br/>'),
      key: `rules_of_${to}`,
      to,
      what: rules.length > 1 ? `${rules.length} EventBridge rules` : 'EventBridge rule',
    };
  });
  return { boxes, edges: [...boxes.map(({ id, to }) => ({ from: id, to, says: '' })), ...others] };
}

/** Ids from names, not numbers, so that a new box changes no other line. */
export const keyOf = (name) =>
  name
    .replace(/<[^>]*>/g, ' ')
    .trim()
    .replace(/\W+/g, '_');

/** A flowchart. @param edges `{ from, to, says, rare }` between ids of resources and other names */
export function flowchart(resources, edges) {
  const { boxes, edges: drawn } = withRulesTogether(resources, edges);
  const names = unique(drawn.flatMap(({ from, to }) => [from, to]));
  const key = (name) => boxes.find(({ id }) => id === name)?.key ?? keyOf(name);
  const boxOf = (name) => {
    const { type } = resources.find(({ id }) => id === name) ?? {};
    const rules = boxes.find(({ id }) => id === name);
    if (rules) return `${key(name)}(["${name}<br/><i>${rules.what}</i>"])`;
    const [open, close, what] = KINDS[type] ?? ['>', ']', ''];
    const text = what ? `<b>${name}</b><br/><i>${what}</i>` : name;
    return `${key(name)}${open.replace('"', '')}"${text}"${close.replace('"', '')}`;
  };
  const lines = merged(drawn).map(({ from, to, says, rare }) => {
    const arrow = rare ? '-.->' : '-->';
    return `${key(from)} ${arrow}${says ? `|"${says}"|` : ''} ${key(to)}`;
  });
  return ['```mermaid', 'flowchart LR', ...[...names.map(boxOf), ...lines].map((line) => `  ${line}`), '```'].join(
    '\n',
  );
}

/** One arrow for all calls between two resources. */
function merged(edges) {
  const arrows = new Map();
  for (const edge of edges) {
    const which = `${edge.from} ${edge.to} ${edge.rare ?? ''}`;
    const says = unique([arrows.get(which)?.says, edge.says].filter(Boolean)).join('<br/>');
    arrows.set(which, { ...edge, says });
  }
  return [...arrows.values()];
}
