import { cached, truncate } from '@casebell/im/webhooks';
import type { AwsEvent } from '../../../plugins/formatter';
import { describeError, type Log } from '../../shared/log';
import { asObject, fieldText } from './json';

export interface AccountDirectory {
  /** By account id. */
  names: ReadonlyMap<string, string>;
  /** Ids of accounts whose events are not notified. */
  excluded: ReadonlySet<string>;
}

/** UTF-8 bytes: a longer name would push its id out of a digest's row. */
const MAX_NAME_BYTES = 40;

const ACCOUNT_ID = /^\d{12}$/;

/** `123456789012=prod,210987654321=dev` by account id; a wrong item is ignored, because a name must not cost an alert. */
export function parseAccountNames(text: string): Map<string, string> {
  const pairs = text.split(',').map((pair) => pair.split('=').map((part) => part.replace(/[\p{C}\s]+/gu, ' ').trim()));
  const named = pairs.filter(([id = '', name]) => ACCOUNT_ID.test(id) && name);
  return new Map(named.map(([id = '', name = '']) => [id, truncate(name, MAX_NAME_BYTES)]));
}

/** The account ids of `123456789012, 210987654321`. */
export function parseAccountIds(text: string): Set<string> {
  const ids = text.split(',').map((id) => id.trim());
  return new Set(ids.filter((id) => ACCOUNT_ID.test(id)));
}

interface Sources {
  /** Names of the Systems Manager parameters; empty where there is none. */
  parameters: { names: string; excluded: string };
  /** Names that are known without a parameter. */
  known: AccountDirectory['names'];
  /** The values of parameters, by their names. */
  read(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  cacheMs: number;
  now(): number;
  log: Log;
}

/** The current accounts. Never rejects: while the parameters cannot be read, no account is excluded, and only known names are used. */
export function createAccountDirectory(sources: Sources): () => Promise<AccountDirectory> {
  const { parameters, known, read, cacheMs, now, log } = sources;
  const wanted = Object.values(parameters).filter((name) => name !== '');
  const byDefault: AccountDirectory = { names: known, excluded: new Set() };
  if (wanted.length === 0) return async () => byDefault;
  const readAccounts = async (): Promise<AccountDirectory> => {
    const values = await read(wanted);
    const names = parseAccountNames(values.get(parameters.names) ?? '');
    return { names: new Map([...known, ...names]), excluded: parseAccountIds(values.get(parameters.excluded) ?? '') };
  };
  const current = cached(readAccounts, cacheMs, now);
  return () =>
    current().catch((error: unknown) => {
      log.error('accounts.read_failed', { reason: describeError(error) });
      return byDefault;
    });
}

/** Fields with the member account in events that an administrator account receives ("Aggregating AWS Health events"; GuardDuty findings). */
const MEMBER_ACCOUNT_FIELDS: Readonly<Record<string, readonly string[]>> = {
  'aws.health': ['affectedAccount'],
  'aws.guardduty': ['accountId', 'resourceAccountId'],
};

/** The account that an event is about; it may differ from the account that the event was sent to. */
export function eventAccount({ source, account, detail }: AwsEvent): string {
  const fields = Object.hasOwn(MEMBER_ACCOUNT_FIELDS, source) ? MEMBER_ACCOUNT_FIELDS[source] : undefined;
  const member = fields?.map((name) => fieldText(asObject(detail), name)).find((id) => ACCOUNT_ID.test(id));
  return member ?? account;
}
