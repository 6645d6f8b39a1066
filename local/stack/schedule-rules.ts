import { isMapping } from './mapping';
import { partitionOf, type StackIdentity } from './pseudo-parameters';
import { arnOf, type CreatedResource, defaultName } from './site';
import type { ResourceDeclaration } from './template';

/**
 * The rules that SAM makes of the schedules of functions, by the logical ids that it gives them: the function's, then the event's (SAM
 * Developer Guide, "CloudFormation resources generated when AWS::Serverless::Function is specified").
 */
export function scheduleRules(
  resources: Readonly<Record<string, ResourceDeclaration>>,
  identity: StackIdentity,
): ReadonlyMap<string, CreatedResource> {
  const { partition } = partitionOf(identity.region);
  const rules = Object.entries(resources).flatMap(([id, { properties }]) =>
    Object.entries(isMapping(properties.Events) ? properties.Events : {}).flatMap(([event, declared]) =>
      isMapping(declared) && declared.Type === 'Schedule' ? [`${id}${event}`] : [],
    ),
  );
  return new Map(
    rules.map((id) => {
      const ref = defaultName(id, identity);
      return [id, { ref, attributes: { Arn: arnOf('events', `rule/${ref}`, { ...identity, partition }) } }];
    }),
  );
}
