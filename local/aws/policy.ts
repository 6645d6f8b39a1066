import { type Input, isRecord } from './input';

/** A statement of a resource policy as its author wrote it. */
export type Statement = Input;

/** A request that a resource policy allows or denies. */
export interface AccessRequest {
  /** The calling account, or the calling service, e.g. `events.amazonaws.com`. */
  principal: { account: string } | { service: string };
  /** E.g. `sns:Publish`. */
  action: string;
  /** An ARN. */
  resource: string;
  /** Condition keys such as `aws:SourceAccount`. */
  context?: Readonly<Record<string, string>>;
}

/**
 * Whether a resource policy allows a request: a statement allows it and none denies it (IAM User Guide, "Policy evaluation
 * logic"). Throws for an unknown element or operator, because a guess would prove nothing.
 */
export function isAllowed(statements: readonly Statement[], request: AccessRequest): boolean {
  const matching = statements.filter((statement) => matches(statement, request));
  const hasEffect = (effect: string): boolean => matching.some(({ Effect }) => Effect === effect);
  return hasEffect('Allow') && !hasEffect('Deny');
}

const ELEMENTS = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition'];

function matches(statement: Statement, { principal, action, resource, context = {} }: AccessRequest): boolean {
  const unknown = Object.keys(statement).find((name) => !ELEMENTS.includes(name));
  if (unknown) throw new Error(`The emulator does not know the policy element ${unknown}.`);
  return (
    isPrincipal(statement.Principal, principal) &&
    // Actions are case-insensitive, ARNs are not.
    listOf(statement.Action).some((pattern) => isLike(pattern.toLowerCase(), action.toLowerCase())) &&
    listOf(statement.Resource).some((pattern) => isLike(pattern, resource)) &&
    Object.entries(objectOf(statement.Condition)).every(([operator, keys]) => isMet(operator, objectOf(keys), context))
  );
}

function isPrincipal(allowed: unknown, principal: AccessRequest['principal']): boolean {
  if (allowed === '*') return true;
  const { AWS, Service } = objectOf(allowed);
  if ('service' in principal) return listOf(Service).includes(principal.service);
  return listOf(AWS).some((id) => id === '*' || id === principal.account || id.endsWith(`::${principal.account}:root`));
}

type Compare = (expected: string, actual: string) => boolean;

/** `*` and `?` are wildcards in the Like operators and in both ARN operators ("IAM JSON policy elements: Condition operators"). */
const OPERATORS: Readonly<Record<string, Compare>> = {
  StringEquals: (expected, actual) => expected === actual,
  StringLike: isLike,
  ArnEquals: isLike,
  ArnLike: isLike,
  Bool: (expected, actual) => expected.toLowerCase() === actual.toLowerCase(),
};

/** A condition on a key that the request does not have is false. */
function isMet(operator: string, keys: Input, context: Readonly<Record<string, string>>): boolean {
  const compare = OPERATORS[operator];
  if (!compare) throw new Error(`The emulator does not know the condition operator ${operator}.`);
  return Object.entries(keys).every(([key, expected]) => {
    const actual = context[key];
    return actual !== undefined && listOf(expected).some((value) => compare(value, actual));
  });
}

function isLike(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}

const objectOf = (value: unknown): Input => (isRecord(value) ? value : {});
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter(Boolean).map(String);
