import type { Command } from '../domain/command';
import { findPeople, formatNames, PERSON_USAGE } from '../domain/rights';

/** Removes people from the allow list. The list stays on: while it is empty, only administrators may use the bot. */
export const deny: Command = {
  names: { en: 'disallow', 'zh-CN': '删除白名单', also: ['deny', '移除白名单'] },
  usage: PERSON_USAGE,
  about: { en: 'remove a person from the list, also an administrator', 'zh-CN': '移出名单，也用来取消管理员' },
  changes: true,
  adminOnly: true,
  async run(argument, _message, { app, bot, store, locale }) {
    const people = await findPeople(argument, app);
    for (const { id } of people) await store.revokeRole(bot.name, id);
    const names = formatNames(people);
    return {
      title: locale.t({ en: `Removed from the list: ${names}`, 'zh-CN': `已移出白名单：${names}` }),
      severity: 'info',
      text: locale.t(UNCHANGED),
    };
  },
};

const UNCHANGED = {
  en: 'The allow list is on or off as before: `allowlist` shows it, `allowlist off` lets everyone use the bot.',
  'zh-CN': '白名单的启用状态不变：发送“查看白名单”查看，发送“关闭白名单”让所有人都可以使用。',
};
