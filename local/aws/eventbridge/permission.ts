import { type Input, optionalRecord, optionalText, parseRecord, requiredRecords, requiredText } from '../input';
import { allows, type Statement } from '../policy';
import { invalid } from '../service-error';
import type { Bus } from './bus';

/** An organization of AWS Organizations. */
export interface Organization {
  /** E.g. `o-a1b2c3d4e5`. */
  readonly id: string;
  readonly accounts: readonly string[];
}

/** Whether an account may put events on a bus. @param inItsName whether it asks for itself: a rule without a role does not */
export type Permits = (bus: Bus, account: string, inItsName?: boolean) => boolean;

/** A bus takes the events of its own account; those of others where its policy says so ("Permissions for event buses"). */
export function openPermits(organization?: Organization): Permits {
  return (bus, account, inItsName = true) => {
    if (bus.arn.split(':')[4] === account) return true;
    const isMember = inItsName && organization?.accounts.includes(account);
    const context: Record<string, string> = isMember ? { 'aws:PrincipalOrgID': organization?.id ?? '' } : {};
    const asked = { principal: { account }, action: 'events:PutEvents', resource: bus.arn, context };
    return allows([...bus.policy.values()], asked);
  };
}

/** The bus's policy as DescribeEventBus gives it; undefined where it has none. */
export function policyOf({ policy }: Bus): string | undefined {
  const statements = [...policy].map(([Sid, statement]) => ({ ...statement, Sid }));
  return statements.length ? JSON.stringify({ Version: '2012-10-17', Statement: statements }) : undefined;
}

/** What PutPermission says: a whole policy, or one statement in parts. */
export function statementsIn(input: Input, { arn }: Bus): [id: string, statement: Statement][] {
  const whole = optionalText(input, 'Policy');
  if (whole === undefined) return [[requiredText(input, 'StatementId'), statementOf(input, arn)]];
  const policy = parseRecord(whole);
  if (!policy) throw invalid('The policy is malformed.');
  return requiredRecords(policy, 'Statement').map((statement) => [requiredText(statement, 'Sid'), statement]);
}

function statementOf(input: Input, Resource: string): Statement {
  const who = requiredText(input, 'Principal');
  const condition = optionalRecord(input, 'Condition');
  return {
    Effect: 'Allow',
    Principal: who === '*' ? '*' : { AWS: `arn:aws:iam::${who}:root` },
    Action: requiredText(input, 'Action'),
    Resource,
    ...(condition && {
      Condition: {
        [requiredText(condition, 'Type')]: { [requiredText(condition, 'Key')]: requiredText(condition, 'Value') },
      },
    }),
  };
}
