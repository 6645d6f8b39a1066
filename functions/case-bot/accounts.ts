import type { Account } from '../shared/accounts';
import type { LocalizedText } from '../shared/locale';
import type { Bot } from './bots';
import { Misunderstanding } from './misunderstanding';
import type { SupportDesk } from './support-desk';
import { theirs } from './theirs';

/** The AWS accounts that a bot serves. */
export interface Accounts {
  readonly all: readonly Account[];
  /** The one that a person means by its name or its id. */
  called(word: string): Account | undefined;
  /** What people call it; its id, where the bot does not serve it. */
  nameOf(id: string): string;
  /** Throws Misunderstanding for an id that is not among them. */
  desk(id: string): SupportDesk;
}

/** Those of all accounts that a bot may use, which its profile names or whose ids it has; all of them, where it has none. */
export function accountsOf(
  { accounts }: Pick<Bot, 'accounts'>,
  every: readonly Account[],
  desks: ReadonlyMap<string, SupportDesk>,
): Accounts {
  const isServed = ({ id, name }: Account) => accounts.includes(name) || accounts.includes(id);
  const all = accounts.length === 0 ? every : every.filter(isServed);
  const find = (wanted: string) => all.find(({ id }) => id === wanted);
  return {
    all,
    called: (word) => find(word) ?? all.find(({ name }) => name === word),
    nameOf: (id) => find(id)?.name ?? id,
    desk(id) {
      const desk = find(id) && desks.get(id);
      if (!desk) throw new Misunderstanding(unknown(id, all));
      return desk;
    },
  };
}

function unknown(wanted: string, all: readonly Account[]): LocalizedText {
  const names = all.map(({ name }) => name);
  return {
    en: `This bot has no account "${theirs(wanted)}", but: ${names.join(', ') || 'none'}.`,
    'zh-CN': `这个机器人没有账号“${theirs(wanted)}”，可用账号：${names.join('、') || '无'}。`,
  };
}
