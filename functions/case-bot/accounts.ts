import type { Bot } from './bots';
import { Misunderstanding } from './misunderstanding';
import type { Both } from './say';
import type { SupportDesk } from './support-desk';
import { theirs } from './theirs';

/** The AWS accounts that a bot serves, by name. */
export interface Accounts {
  readonly names: readonly string[];
  /** Throws Misunderstanding for a name that is not among them. */
  desk(name: string): SupportDesk;
}

/** Those of all accounts that a bot may use; all of them, where its profile names none. */
export function accountsOf({ accounts }: Bot, all: ReadonlyMap<string, SupportDesk>): Accounts {
  const names = [...all.keys()].filter((name) => accounts.length === 0 || accounts.includes(name));
  return {
    names,
    desk(name) {
      const desk = names.includes(name) ? all.get(name) : undefined;
      if (!desk) throw new Misunderstanding(unknown(name, names));
      return desk;
    },
  };
}

const unknown = (name: string, names: readonly string[]): Both => ({
  en: `This bot has no account "${theirs(name)}", but: ${names.join(', ') || 'none'}.`,
  'zh-CN': `这个机器人没有名为“${theirs(name)}”的账号，可用账号：${names.join('、') || '无'}。`,
});
