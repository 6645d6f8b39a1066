import type { Caller } from '../caller';
import { type Input, optionalFlag } from '../input';
import type { Operation } from '../json-service';
import type { Partition } from '../partition';
import { ServiceError } from '../service-error';
import type { Accounts } from './accounts';

/**
 * An operation in its two halves: asking it checks everything and throws, doing what it returns changes something.
 * Between the two, a dry run ends.
 */
export type Ask = (input: Input, caller: Caller) => () => unknown;

/** The one Region of each partition in which Support answers (SDK endpoint rules). */
const HOME: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-cn': 'cn-north-1',
  'aws-us-gov': 'us-gov-west-1',
};

const strayed = ({ region }: Caller): ServiceError =>
  new ServiceError('InvalidSignatureException', `Credential should be scoped to a valid region, not '${region}'.`, 403);

/** How the sentence ends is IAM's; whether Support says it so is a guess. */
const denied = (arn: string, operation: string): ServiceError => {
  const action = `support:${operation}`;
  const reason = `because no identity-based policy allows the ${action} action`;
  return new ServiceError('AccessDeniedException', `User: ${arn} is not authorized to perform: ${action} ${reason}`);
};

const unsubscribed = (): ServiceError =>
  new ServiceError(
    'SubscriptionRequiredException',
    'Amazon Web Services Premium Support Subscription is required to use this service.',
  );

/** The sentence is AWS's usual one, the reason is invented. */
const throttled = (operation: string): ServiceError => {
  const throttlingReasons = [{ reason: 'AccountTransactionsPerSecond', resource: `support:${operation}` }];
  return new ServiceError('ThrottlingException', 'Rate exceeded', 400, { throttlingReasons });
};

/** The sentence is a guess. */
const dryRun = (): ServiceError =>
  new ServiceError('DryRunOperationException', 'Request would have succeeded, but DryRun flag is set.');

/** What stands before every operation. */
export interface Gate {
  readonly partition: Partition;
  readonly accounts: Accounts;
  isTooMany(account: string): boolean;
}

/**
 * Puts what all operations share before each: Region, permission, plan, rate, and after its checks the dry run. In
 * which order AWS looks is not said.
 */
export function guarded(asks: Readonly<Record<string, Ask>>, gate: Gate): Record<string, Operation> {
  const { partition, accounts, isTooMany } = gate;

  function admit(name: string, caller: Caller): void {
    if (caller.region !== HOME[partition]) throw strayed(caller);
    if (accounts.isDenied(caller, name)) throw denied(accounts.arnOf(caller), name);
    if (accounts.planOf(caller.account) === 'none') throw unsubscribed();
    if (isTooMany(caller.account)) throw throttled(name);
  }

  function guard(name: string, ask: Ask): Operation {
    return (input, caller) => {
      admit(name, caller);
      const work = ask(input, caller);
      if (optionalFlag(input, 'dryRun')) throw dryRun();
      return work();
    };
  }

  return Object.fromEntries(Object.entries(asks).map(([name, ask]) => [name, guard(name, ask)]));
}
