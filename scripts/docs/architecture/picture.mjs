// Draws resources and who calls whom as a flowchart of Mermaid, which GitHub shows as a picture.
import { unique } from './resources.mjs';

/** How each kind of resource is drawn, and what it is called. */
const KINDS = {
  'AWS::DynamoDB::Table': ['[(', ')]', 'DynamoDB table'],
  'AWS::Events::Rule': ['([', '])', 'EventBridge rule'],
  'AWS::SecretsManager::Secret': ['[/', '/]', 'secret'],
  'AWS::Serverless::Function': ['["', '"]', 'Lambda function'],
  'AWS::Serverless::HttpApi': ['[\\', '\\]', 'HTTP API'],
  'AWS::SNS::Topic': ['{{', '}}', 'SNS topic'],
  'AWS::SQS::Queue': ['[[', ']]', 'SQS queue'],
};

/** Rules that tell the same are one box. */
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

/** By name and not by number, so that a new box changes nothing else. */
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

/** One arrow for all that one has to do with another. */
function merged(edges) {
  const arrows = new Map();
  for (const edge of edges) {
    const which = `${edge.from} ${edge.to} ${edge.rare ?? ''}`;
    const says = unique([arrows.get(which)?.says, edge.says].filter(Boolean)).join('<br/>');
    arrows.set(which, { ...edge, says });
  }
  return [...arrows.values()];
}
