import { type Input, optionalText, parseRecord, requiredRecords, requiredText } from '../input';
import type { Operation } from '../json-service';
import { isAllowed, type Statement } from '../policy';
import { invalid } from '../service-error';
import { type Bus, type Buses, busIn } from './buses';

/** An organization of AWS Organizations. */
export interface Organization {
  /** E.g. `o-a1b2c3d4e5`. */
  readonly id: string;
  readonly accounts: readonly string[];
}

/**
 * Whether an account may put events on a bus.
 * @param isIdentified false for a rule without a role: its organization is not known then
 */
export type IsAuthorized = (bus: Bus, account: string, isIdentified?: boolean) => boolean;

/** A bus accepts events of its own account, and those of other accounts by its policy ("Permissions for event buses"). */
export function createAuthorizer(organization?: Organization): IsAuthorized {
  return (bus, account, isIdentified = true) => {
    if (bus.account === account) return true;
    const isMember = isIdentified && organization?.accounts.includes(account);
    const context: Record<string, string> = isMember ? { 'aws:PrincipalOrgID': organization?.id ?? '' } : {};
    const request = { principal: { account }, action: 'events:PutEvents', resource: bus.arn, context };
    return isAllowed([...bus.policy.values()], request);
  };
}

/** PutPermission with a whole policy, or with one account's statement in parts. */
export function createPutPermission(buses: Buses): Operation {
  return (input, caller) => {
    const bus = busIn(input, buses, caller);
    for (const [id, statement] of statementsIn(input, bus)) bus.policy.set(id, statement);
  };
}

function statementsIn(input: Input, { arn }: Bus): [id: string, statement: Statement][] {
  const json = optionalText(input, 'Policy');
  if (json === undefined) return [[requiredText(input, 'StatementId'), statementFor(input, arn)]];
  const policy = parseRecord(json);
  if (!policy) throw invalid('The policy is malformed.');
  return requiredRecords(policy, 'Statement').map((statement) => [requiredText(statement, 'Sid'), statement]);
}

function statementFor(input: Input, Resource: string): Statement {
  const principal = requiredText(input, 'Principal');
  const Principal = principal === '*' ? '*' : { AWS: `arn:aws:iam::${principal}:root` };
  return { Effect: 'Allow', Principal, Action: requiredText(input, 'Action'), Resource };
}
