import { functionOf, selectBranch, variablesIn } from './intrinsics';
import type { ResourceDeclaration } from './template';
import { isMapping, mappingOf, TemplateError, textOf } from './values';

type Resources = Readonly<Record<string, ResourceDeclaration>>;
type Holds = (condition: string) => boolean;

/**
 * The resources in an order in which each comes after those that it names with Ref, Fn::GetAtt, Fn::Sub or DependsOn, and for each
 * the ids of those. @throws TemplateError for a circular dependency
 */
export function creationOrder(resources: Resources, holds: Holds): Map<string, string[]> {
  const ordered = new Map<string, string[]>();

  function visit(id: string, path: readonly string[]): void {
    const { properties, dependsOn } = resources[id] ?? {};
    if (path.includes(id)) throw new TemplateError(`Circular dependency: ${[...path, id].join(' needs ')}.`);
    if (ordered.has(id)) return;
    const names = new Set([...references(properties, holds), ...(dependsOn ?? [])]);
    const needs = [...names].filter((name) => name in resources);
    for (const need of needs) visit(need, [...path, id]);
    ordered.set(id, needs);
  }

  for (const id of Object.keys(resources)) visit(id, []);
  return ordered;
}

/** Every name in a value; of an Fn::If only in the selected branch. */
function references(value: unknown, holds: Holds): string[] {
  const within = (part: unknown): string[] => references(part, holds);
  const [name, argument] = functionOf(value) ?? [];
  if (name === 'Ref') return [textOf(argument, 'Ref')];
  if (name === 'Fn::GetAtt') return [String([argument].flat()[0]).split('.')[0] ?? ''];
  if (name === 'Fn::If') return within(selectBranch(argument, { holds }));
  if (name === 'Fn::Sub') return substituted(argument).concat(within([argument].flat()[1]));
  if (Array.isArray(value)) return value.flatMap(within);
  return isMapping(value) ? Object.values(value).flatMap(within) : [];
}

function substituted(argument: unknown): string[] {
  const [text, variables] = [argument].flat();
  const own = mappingOf(variables, 'The variables of Fn::Sub');
  return variablesIn(textOf(text, 'Fn::Sub')).flatMap((name) => (name in own ? [] : (name.split('.')[0] ?? [])));
}
