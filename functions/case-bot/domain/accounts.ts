import type { Account } from '../../shared/accounts';
import type { LocalizedText } from '../../shared/locale';
import type { BotConfig } from '../webhook/bots';
import { UserInputError } from './errors';
import type { SupportClient } from './support-client';
import { sanitize } from './text';

/** The AWS accounts that a bot serves. */
export interface Accounts {
  readonly all: readonly Account[];
  /** The one that a person means by its name or its id. */
  find(word: string): Account | undefined;
  /** What people call it; its id, where the bot does not serve it. */
  nameOf(id: string): string;
  /** Throws Misunderstanding for an id that is not among them. */
  supportClient(id: string): SupportClient;
}

/** Those of all accounts that a bot may use, which its profile names or whose ids it has; all of them, where it has none. */
export function accountsOf(
  { accounts }: Pick<BotConfig, 'accounts'>,
  every: readonly Account[],
  desks: ReadonlyMap<string, SupportClient>,
): Accounts {
  const isServed = ({ id, name }: Account) => accounts.includes(name) || accounts.includes(id);
  const all = accounts.length === 0 ? every : every.filter(isServed);
  const find = (wanted: string) => all.find(({ id }) => id === wanted);
  return {
    all,
    find: (word) => find(word) ?? all.find(({ name }) => name === word),
    nameOf: (id) => find(id)?.name ?? id,
    supportClient(id) {
      const supportClient = find(id) && desks.get(id);
      if (!supportClient) throw new UserInputError(unknown(id, all));
      return supportClient;
    },
  };
}

function unknown(wanted: string, all: readonly Account[]): LocalizedText {
  const names = all.map(({ name }) => name);
  return {
    en: `This bot has no account "${sanitize(wanted)}", but: ${names.join(', ') || 'none'}.`,
    'zh-CN': `这个机器人没有账号“${sanitize(wanted)}”，可用账号：${names.join('、') || '无'}。`,
  };
}
