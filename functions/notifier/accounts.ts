import { cached, truncate } from '@casebell/im/webhooks';
import type { AwsEvent } from '../../plugins/formatter';
import { describeError, type Log } from '../shared/log';
import { loose, textOf } from './shapes/shape';

/** What the stack is told of accounts. */
export interface Accounts {
  /** What people call them, by account id. */
  names: ReadonlyMap<string, string>;
  /** Ids of those whose events nobody wants to be told. */
  excluded: ReadonlySet<string>;
}

/** UTF-8 bytes: a longer name would push its id out of a digest's row. */
const NAME = 40;

const ID = /^\d{12}$/;

/** `123456789012=prod,210987654321=dev` by account id; what is not of that shape is left out, for a name is no reason to lose a card. */
export function namesIn(text: string): Map<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.replace(/[\p{C}\s]+/gu, ' ').trim()));
  return new Map(
    pairs.flatMap(([id = '', name]) => (ID.test(id) && name ? [[id, truncate(name, NAME)] as const] : [])),
  );
}

/** The account ids of `123456789012, 210987654321`. */
export const idsIn = (text: string): Set<string> =>
  new Set(
    text
      .split(',')
      .map((id) => id.trim())
      .filter((id) => ID.test(id)),
  );

/** Where an administrator's account hears of its members: the fields that name the member ("Aggregating AWS Health events"; GuardDuty's findings). */
const MEMBERS: Readonly<Record<string, readonly string[]>> = {
  'aws.health': ['affectedAccount'],
  'aws.guardduty': ['accountId', 'resourceAccountId'],
};

/** Whose news an event is, which is not always the account that it was sent to. */
export function accountOf({ source, account, detail }: AwsEvent): string {
  const fields = Object.hasOwn(MEMBERS, source) ? MEMBERS[source] : undefined;
  const named = fields?.map((field) => textOf(loose(detail), field)).find((id) => ID.test(id));
  return named ?? account;
}

/** Where the stack keeps what it is told of accounts: names of parameters, empty where there is none. */
export interface AccountParameters {
  names: string;
  excluded: string;
}

interface Sources {
  parameters: AccountParameters;
  /** Names that are known without asking anybody. */
  known: Accounts['names'];
  /** The values of parameters, by their names. */
  read(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** In ms, how long what was read holds. */
  lasts: number;
  now(): number;
  log: Log;
}

/** What is known of accounts, now. Never rejects: while it cannot be read, accounts are told, and by their ids. */
export function openAccounts({ parameters, known, read, lasts, now, log }: Sources): () => Promise<Accounts> {
  const asked = Object.values(parameters).filter((name) => name !== '');
  const bare: Accounts = { names: known, excluded: new Set() };
  if (asked.length === 0) return async () => bare;
  const current = cached(
    async (): Promise<Accounts> => {
      const values = await read(asked);
      const names = namesIn(values.get(parameters.names) ?? '');
      return { names: new Map([...known, ...names]), excluded: idsIn(values.get(parameters.excluded) ?? '') };
    },
    lasts,
    now,
  );
  return () =>
    current().catch((error: unknown) => {
      log.error('accounts.not-read', { reason: describeError(error) });
      return bare;
    });
}
