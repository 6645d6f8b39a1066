import { parseRecord, requiredRecords, requiredText } from '../input';
import type { Operation } from '../json-service';
import { isAllowed } from '../policy';
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

/** PutPermission with a whole policy. */
export function createPutPermission(buses: Buses): Operation {
  return (input, caller) => {
    const bus = busIn(input, buses, caller);
    const policy = parseRecord(requiredText(input, 'Policy'));
    if (!policy) throw invalid('The policy is malformed.');
    for (const statement of requiredRecords(policy, 'Statement'))
      bus.policy.set(requiredText(statement, 'Sid'), statement);
  };
}
