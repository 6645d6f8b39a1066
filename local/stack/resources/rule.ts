import {
  PutPermissionCommand,
  PutRuleCommand,
  type PutRuleCommandInput,
  PutTargetsCommand,
  type PutTargetsCommandInput,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { arnOf, type CreateResource, defaultName, type StackContext } from '../context';
import type { Properties } from '../values';
import { TemplateError } from '../values';

const USED = ['Name', 'EventBusName', 'EventPattern', 'ScheduleExpression', 'State', 'Targets'];
const UNUSED = ['Description', 'RoleArn', 'Tags'];

/** AWS::Events::Rule. A rule with a schedule only is not created, because schedules of rules are not emulated. */
export const createRule: CreateResource = async (id, properties, context) => {
  properties.rejectUnknown([...USED, ...UNUSED]);
  const Name = properties.text('Name') ?? defaultName(id, context);
  const bus = properties.text('EventBusName');
  const { EventPattern } = properties.texts(['EventPattern']);
  if (EventPattern) await putRule(properties, context, { Name, EventPattern, EventBusName: bus });
  else context.log(id, `${properties.requiredText('ScheduleExpression')} is not run by the local stack.`);
  return { ref: Name, attributes: { Arn: arnOf('events', `rule/${bus ? `${bus}/` : ''}${Name}`, context) } };
};

async function putRule(properties: Properties, context: StackContext, rule: PutRuleCommandInput): Promise<void> {
  const State = properties.text('State') === 'DISABLED' ? 'DISABLED' : 'ENABLED';
  await context.clients.events.send(new PutRuleCommand({ ...rule, State }));
  await putTargets(properties, context, { Rule: rule.Name, EventBusName: rule.EventBusName });
}

async function putTargets(
  properties: Properties,
  { clients }: StackContext,
  rule: Omit<PutTargetsCommandInput, 'Targets'>,
): Promise<void> {
  // CloudFormation's targets have the API's shape, and the API checks them.
  const Targets = properties.list('Targets') as Target[];
  if (Targets.length === 0) return;
  const { FailedEntries } = await clients.events.send(new PutTargetsCommand({ ...rule, Targets }));
  const problems = FailedEntries?.map((entry) => `${entry.TargetId}: ${entry.ErrorMessage}`) ?? [];
  if (problems.length > 0) throw new TemplateError(problems.join('\n'));
}

/** AWS::Events::EventBusPolicy with a Statement. */
export const createBusPolicy: CreateResource = async (_id, properties, { clients }) => {
  properties.rejectUnknown(['EventBusName', 'Statement', 'StatementId']);
  const [Sid, EventBusName] = [properties.requiredText('StatementId'), properties.text('EventBusName')];
  const Policy = JSON.stringify({ Statement: [{ ...properties.mapping('Statement'), Sid }] });
  await clients.events.send(new PutPermissionCommand({ EventBusName, Policy }));
  return { ref: Sid, attributes: {} };
};
