import type { Caller } from '../caller';
import type { Plan } from './plan';

const NAMES = /:assumed-role\/([^/]+)\//;

const roleIn = (arn: string): string | undefined => NAMES.exec(arn)?.[1];

/** What each account pays for and what its people may not do: everything, unless a test says otherwise. */
export function openAccounts(arnOf: (caller: Caller) => string) {
  const plans = new Map<string, Plan>();
  const denials = new Map<string, readonly string[]>();

  const roleOf = (caller: Caller): string | undefined => roleIn(arnOf(caller));

  /** Under which names a caller may be denied something: the account, and the role without its path. */
  const namesOf = (caller: Caller): string[] => [caller.account, `${caller.account}/${roleOf(caller) ?? 'root'}`];

  return {
    planOf: (account: string): Plan => plans.get(account) ?? 'business',
    subscribe: (account: string, plan: Plan) => void plans.set(account, plan),
    /** @param name an account id, or account id, slash and role name */
    deny: (name: string, operations: readonly string[]) => void denials.set(name, operations),
    isDenied: (caller: Caller, operation: string): boolean =>
      namesOf(caller).some((name) => denials.get(name)?.includes(operation)),
    arnOf,
    /**
     * As the real ones sign, `AdminRole (Role) <janedoe@example.com>` (Communication); how an account's own user signs
     * is a guess.
     */
    signatureOf(caller: Caller, mail: string): string {
      const role = roleOf(caller);
      return role ? `${role} (Role) <${mail}>` : `${caller.account} (Root) <${mail}>`;
    },
  };
}

export type Accounts = ReturnType<typeof openAccounts>;
