import { isTrue } from './conditions';
import { type Mapping, mappingOf } from './mapping';
import type { Scope } from './scope';
import { TemplateError } from './template-error';

/** Throws one TemplateError with the description of every assertion in the template's Rules that does not hold. */
export function checkRules(rules: Mapping, scope: Scope): void {
  const broken = Object.entries(rules).flatMap(([name, rule]) =>
    violatedAssertions(name, mappingOf(rule, `Rule ${name}`), scope),
  );
  if (broken.length > 0) throw new TemplateError(broken.join('\n'));
}

function violatedAssertions(name: string, { RuleCondition, Assertions }: Mapping, scope: Scope): string[] {
  if (RuleCondition !== undefined && !isTrue(RuleCondition, scope)) return [];
  return [Assertions ?? []]
    .flat()
    .map((assertion) => mappingOf(assertion, `Rule ${name}`))
    .filter(({ Assert }) => !isTrue(Assert, scope))
    .map(({ AssertDescription }) => String(AssertDescription ?? `An assertion of the rule ${name} does not hold.`));
}
