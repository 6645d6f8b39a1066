import { resolveValue } from '../../../local/stack/intrinsics';
import { createPlan } from '../../../local/stack/plan';
import { readTemplate } from '../../../local/stack/template';

export interface Resource {
  type: string;
  properties: Record<string, unknown>;
}

export const WEBHOOK = { WebhookUrl: 'https://hooks.slack.com/services/x' };

/** A whole case bot. */
export const SLACK = { SlackSigningSecret: '0123', SlackBotToken: 'xoxb-1' };

/** The stack as CloudFormation would resolve it; a resource is referred to by its own name, and its attributes as `Name.Arn`. */
export async function stackOf(
  parameters: Readonly<Record<string, string>> = {},
  region = 'eu-west-1',
): Promise<Readonly<Record<string, Resource>>> {
  const identity = { stackName: 'casebell', account: '111122223333', region };
  const plan = createPlan(await readTemplate('template.yaml'), { ...WEBHOOK, ...parameters }, identity);
  const created = new Map(Object.keys(plan.resources).map((id) => [id, { ref: id, attributes: attributesOf(id) }]));
  const scope = plan.scope(created);
  return Object.fromEntries(
    Object.entries(plan.resources).map(([id, { type, properties }]) => [
      id,
      { type, properties: Object(resolveValue(properties, scope)) },
    ]),
  );
}

const attributesOf = (id: string): Record<string, string> =>
  Object.fromEntries(['Arn', 'QueueName', 'TopicName'].map((name) => [name, `${id}.${name}`]));

export const ofType = (stack: Readonly<Record<string, Resource>>, type: string): [string, Resource['properties']][] =>
  Object.entries(stack).flatMap(([id, one]) => (one.type === type ? [[id, one.properties]] : []));
