/** An AWS account. What is stored holds its id; its name is for people to read and type, and may change. */
export interface Account {
  /** Twelve digits. */
  readonly id: string;
  readonly name: string;
}

/** An account whose support cases the stack may handle. */
export interface ServedAccount extends Account {
  /** Absent for the stack's own account. */
  readonly roleArn?: string;
}

/** The name of the stack's own account. */
export const OWN_ACCOUNT_NAME = 'main';

/**
 * The stack's own account, then those of the roles, each with its name from the list in the same position. A blank name, or one that
 * another account has already, is replaced by the account's id: a name must mean one account. A second role of an account is ignored.
 * @param given comma-separated parameters; `ownId` may be empty where the own account is unknown
 */
export function parseServedAccounts(given: { ownId: string; roleArns: string; names: string }): ServedAccount[] {
  const accounts: ServedAccount[] = given.ownId ? [{ id: given.ownId, name: OWN_ACCOUNT_NAME }] : [];
  const names = given.names.split(/[,;，；]/).map((name) => name.trim());
  const roleArns = given.roleArns.split(/[\s,;，；]+/).filter(Boolean);
  for (const [index, roleArn] of roleArns.entries()) {
    const id = roleArn.split(':')[4] || roleArn;
    const name = names[index] || id;
    const isTaken = accounts.some((account) => account.name === name || account.id === name);
    if (accounts.every((account) => account.id !== id)) accounts.push({ id, name: isTaken ? id : name, roleArn });
  }
  return accounts;
}

/** Names that people chose, by account id: neither an id nor the own account's default name. */
export const chosenNames = (accounts: readonly Account[]): Map<string, string> =>
  new Map(
    accounts.filter(({ id, name }) => name !== id && name !== OWN_ACCOUNT_NAME).map(({ id, name }) => [id, name]),
  );
