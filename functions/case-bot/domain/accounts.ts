import type { Account } from '../../shared/accounts';
import type { LocalizedText } from '../../shared/locale';
import { UserInputError } from './errors';
import type { SupportClient } from './support-client';
import { sanitize } from './text';

/** The AWS accounts that a bot serves. */
export interface Accounts {
  readonly all: readonly Account[];
  /** By name or id, as a person types it. */
  find(word: string): Account | undefined;
  /** The id itself where the bot does not serve the account. */
  nameOf(id: string): string;
  /** Throws UserInputError where the bot does not serve the account. */
  supportClient(id: string): SupportClient;
}

/** The accounts that the bot's configuration lists by name or id; all accounts where it lists none. */
export function accountsOf(
  bot: { accounts: readonly string[] },
  served: readonly Account[],
  supportClients: ReadonlyMap<string, SupportClient>,
): Accounts {
  const isListed = ({ id, name }: Account) => bot.accounts.includes(name) || bot.accounts.includes(id);
  const all = bot.accounts.length === 0 ? served : served.filter(isListed);
  const byId = (wanted: string) => all.find(({ id }) => id === wanted);
  return {
    all,
    find: (word) => byId(word) ?? all.find(({ name }) => name === word),
    nameOf: (id) => byId(id)?.name ?? id,
    supportClient(id) {
      const supportClient = byId(id) && supportClients.get(id);
      if (!supportClient) throw new UserInputError(unknownAccount(id, all));
      return supportClient;
    },
  };
}

function unknownAccount(wanted: string, all: readonly Account[]): LocalizedText {
  const names = all.map(({ name }) => name);
  return {
    en: `This bot has no account "${sanitize(wanted)}", but: ${names.join(', ') || 'none'}.`,
    'zh-CN': `这个机器人没有账号“${sanitize(wanted)}”，可用账号：${names.join('、') || '无'}。`,
  };
}
