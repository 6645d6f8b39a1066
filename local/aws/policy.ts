import { type Input, isRecord } from './input';

/** One statement of a resource policy, as its author wrote it. */
export type Statement = Input;

/** A request, as a resource policy sees it. */
export interface AccessRequest {
  /** The account that asks, or the service, e.g. `events.amazonaws.com`. */
  principal: { account: string } | { service: string };
  /** E.g. `sns:Publish`. */
  action: string;
  /** An ARN. */
  resource: string;
  /** Condition keys such as `aws:SourceAccount`. */
  context?: Readonly<Record<string, string>>;
}

/**
 * Whether a resource policy lets a request through: one statement has to allow it, and none may deny it (IAM User Guide, "Policy
 * evaluation logic"). Throws for an element or an operator that it does not know, for a guess would prove nothing.
 */
export function allows(statements: readonly Statement[], asked: AccessRequest): boolean {
  const fitting = statements.filter((statement) => fits(statement, asked));
  const has = (effect: string): boolean => fitting.some(({ Effect }) => Effect === effect);
  return has('Allow') && !has('Deny');
}

const ELEMENTS = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition'];

function fits(statement: Statement, { principal, action, resource, context = {} }: AccessRequest): boolean {
  const strange = Object.keys(statement).find((name) => !ELEMENTS.includes(name));
  if (strange) throw new Error(`The policy element ${strange} is not known on this machine.`);
  return (
    isPrincipal(statement.Principal, principal) &&
    // Actions are the same in any case; ARNs are not.
    listOf(statement.Action).some((pattern) => isLike(pattern.toLowerCase(), action.toLowerCase())) &&
    listOf(statement.Resource).some((pattern) => isLike(pattern, resource)) &&
    Object.entries(objectOf(statement.Condition)).every(([operator, keys]) => holds(operator, objectOf(keys), context))
  );
}

function isPrincipal(principal: unknown, by: AccessRequest['principal']): boolean {
  if (principal === '*') return true;
  const { AWS, Service } = objectOf(principal);
  if ('service' in by) return listOf(Service).includes(by.service);
  return listOf(AWS).some((who) => who === '*' || who === by.account || who.endsWith(`::${by.account}:root`));
}

type Compare = (wanted: string, found: string) => boolean;

/** `*` and `?` stand for anything in the Like operators, and in both ARN operators ("IAM JSON policy elements: Condition operators"). */
const OPERATORS: Readonly<Record<string, Compare>> = {
  StringEquals: (wanted, found) => wanted === found,
  StringLike: isLike,
  ArnEquals: isLike,
  ArnLike: isLike,
  Bool: (wanted, found) => wanted.toLowerCase() === found.toLowerCase(),
};

/** A key that the request does not have fits nothing. */
function holds(operator: string, keys: Input, context: Readonly<Record<string, string>>): boolean {
  const compare = OPERATORS[operator];
  if (!compare) throw new Error(`The condition operator ${operator} is not known on this machine.`);
  return Object.entries(keys).every(([key, wanted]) => {
    const found = context[key];
    return found !== undefined && listOf(wanted).some((one) => compare(one, found));
  });
}

function isLike(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}

const objectOf = (value: unknown): Input => (isRecord(value) ? value : {});
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter(Boolean).map(String);
