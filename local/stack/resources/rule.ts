import {
  PutRuleCommand,
  type PutRuleCommandInput,
  PutTargetsCommand,
  type PutTargetsCommandInput,
  type Target,
} from '@aws-sdk/client-eventbridge';
import type { Properties } from '../properties';
import { arnOf, type CreateResource, defaultName, type StackContext } from '../site';
import { TemplateError } from '../template-error';

const USED = ['Name', 'EventBusName', 'EventPattern', 'ScheduleExpression', 'State', 'Targets'];
const UNUSED = ['Description', 'RoleArn', 'Tags'];

/** AWS::Events::Rule. One with a schedule alone is not created: nothing would ever run it. */
export const createRule: CreateResource = async (id, properties, site) => {
  properties.rejectUnknown([...USED, ...UNUSED]);
  const Name = properties.text('Name') ?? defaultName(id, site);
  const bus = properties.text('EventBusName');
  const { EventPattern } = properties.texts(['EventPattern']);
  if (EventPattern) await putRule(properties, site, { Name, EventPattern, EventBusName: bus });
  else site.log(id, `${properties.requiredText('ScheduleExpression')} is not run by the local stack.`);
  return { ref: Name, attributes: { Arn: arnOf('events', `rule/${bus ? `${bus}/` : ''}${Name}`, site) } };
};

async function putRule(properties: Properties, site: StackContext, rule: PutRuleCommandInput): Promise<void> {
  const State = properties.text('State') === 'DISABLED' ? 'DISABLED' : 'ENABLED';
  await site.clients.events.send(new PutRuleCommand({ ...rule, State }));
  await putTargets(properties, site, { Rule: rule.Name, EventBusName: rule.EventBusName });
}

async function putTargets(
  properties: Properties,
  { clients }: StackContext,
  rule: Omit<PutTargetsCommandInput, 'Targets'>,
): Promise<void> {
  /** CloudFormation's targets have the shape of the API's; what is wrong in them the API refuses. */
  const Targets = properties.list('Targets') as Target[];
  if (Targets.length === 0) return;
  const { FailedEntries } = await clients.events.send(new PutTargetsCommand({ ...rule, Targets }));
  const problems = FailedEntries?.map((entry) => `${entry.TargetId}: ${entry.ErrorMessage}`) ?? [];
  if (problems.length > 0) throw new TemplateError(problems.join('\n'));
}
