import type { Caller } from '../caller';
import { type Input, optionalFlag } from '../input';
import type { Operation } from '../json-service';
import type { Partition } from '../partition';
import { ServiceError } from '../service-error';

/**
 * An operation in two halves: calling it checks the request and throws, calling what it returns has the effect. A dry run ends
 * between the two.
 */
export type Prepare = (input: Input, caller: Caller) => () => unknown;

/** The Region of each partition in which Support answers (SDK endpoint rules). */
const HOME_REGIONS: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

const wrongRegion = ({ region }: Caller): ServiceError =>
  new ServiceError('InvalidSignatureException', `Credential should be scoped to a valid region, not '${region}'.`, 403);

/** The end of the message is IAM's; whether Support uses it is a guess. */
const accessDenied = (arn: string, operation: string): ServiceError => {
  const action = `support:${operation}`;
  const reason = `because no identity-based policy allows the ${action} action`;
  return new ServiceError('AccessDeniedException', `User: ${arn} is not authorized to perform: ${action} ${reason}`);
};

const noSubscription = (): ServiceError =>
  new ServiceError(
    'SubscriptionRequiredException',
    'Amazon Web Services Premium Support Subscription is required to use this service.',
  );

/** The message is AWS's usual one, the reason is invented. */
const throttled = (operation: string): ServiceError => {
  const throttlingReasons = [{ reason: 'AccountTransactionsPerSecond', resource: `support:${operation}` }];
  return new ServiceError('ThrottlingException', 'Rate exceeded', 400, { throttlingReasons });
};

/** The message is a guess. */
const dryRun = (): ServiceError =>
  new ServiceError('DryRunOperationException', 'Request would have succeeded, but DryRun flag is set.');

export interface GuardDeps {
  readonly partition: Partition;
  readonly accounts: Accounts;
  isThrottled(account: string): boolean;
}

/**
 * Checks before each operation: Region, permission, plan and rate, and after the operation's own checks the dry run. AWS does not
 * document the order.
 */
export function guardOperations(
  operations: Readonly<Record<string, Prepare>>,
  { partition, accounts, isThrottled }: GuardDeps,
): Record<string, Operation> {
  function check(name: string, caller: Caller): void {
    if (caller.region !== HOME_REGIONS[partition]) throw wrongRegion(caller);
    if (accounts.isDenied(caller, name)) throw accessDenied(accounts.arnOf(caller), name);
    if (accounts.planOf(caller.account) === 'none') throw noSubscription();
    if (isThrottled(caller.account)) throw throttled(name);
  }

  function guard(name: string, prepare: Prepare): Operation {
    return (input, caller) => {
      check(name, caller);
      const execute = prepare(input, caller);
      if (optionalFlag(input, 'dryRun')) throw dryRun();
      return execute();
    };
  }

  return Object.fromEntries(Object.entries(operations).map(([name, prepare]) => [name, guard(name, prepare)]));
}

/** What an account pays for. `none` is Basic; the new plans (Business Support+ and so on) have the rights of the old ones. */
export type Plan = 'none' | 'developer' | 'business' | 'enterprise';

const roleIn = (arn: string): string | undefined => /:assumed-role\/([^/]+)\//.exec(arn)?.[1];

/** Plans and missing permissions of accounts; by default a Business plan and all permissions. */
export function createAccounts(arnOf: (caller: Caller) => string) {
  const plans = new Map<string, Plan>();
  const denials = new Map<string, readonly string[]>();
  const roleOf = (caller: Caller): string | undefined => roleIn(arnOf(caller));

  return {
    arnOf,
    planOf: (account: string): Plan => plans.get(account) ?? 'business',
    subscribe: (account: string, plan: Plan) => void plans.set(account, plan),
    /** @param name an account id, or account id, slash and role name */
    deny: (name: string, operations: readonly string[]) => void denials.set(name, operations),
    isDenied(caller: Caller, operation: string): boolean {
      const names = [caller.account, `${caller.account}/${roleOf(caller) ?? 'root'}`];
      return names.some((name) => denials.get(name)?.includes(operation));
    },
    /** As in AWS, `AdminRole (Role) <janedoe@example.com>` (Communication); the form for an account's own user is a guess. */
    signatureOf(caller: Caller, mail: string): string {
      const role = roleOf(caller);
      return role ? `${role} (Role) <${mail}>` : `${caller.account} (Root) <${mail}>`;
    },
  };
}

export type Accounts = ReturnType<typeof createAccounts>;
