import type { Command } from '../domain/command';
import { findPeople, formatNames, PERSON_USAGE } from '../domain/rights';

/** Takes people off the allow-list; it stays on, so that an empty one lets nobody in but administrators. */
export const deny: Command = {
  names: { en: 'disallow', 'zh-CN': '删除白名单', also: ['deny', '移除白名单'] },
  usage: PERSON_USAGE,
  about: { en: 'take somebody off the list, administrators too', 'zh-CN': '移出名单，也用来取消管理员' },
  changes: true,
  adminOnly: true,
  async run(argument, _message, { app, bot, store, locale }) {
    const people = await findPeople(argument, app);
    for (const { id } of people) await store.revokeRole(bot.name, id);
    const names = formatNames(people);
    return {
      title: locale.t({ en: `Off the list: ${names}`, 'zh-CN': `已移出白名单：${names}` }),
      severity: 'info',
      text: locale.t(STAYS),
    };
  },
};

const STAYS = {
  en: 'Whether there is an allow-list has not changed by it: `allowlist` shows that, `allowlist off` lets everyone in again.',
  'zh-CN': '白名单的启用状态不变：发送“查看白名单”查看，发送“关闭白名单”让所有人都可以使用。',
};
