import type { Command } from '../domain/command';

/** Switches the allow-list off, which opens the bot to everyone in its reach: a command of its own, so that nobody does it by taking off the last name. */
export const allowlistOff: Command = {
  names: { en: 'allowlist off', 'zh-CN': '关闭白名单', also: ['allow list off', '停用白名单'] },
  usage: { en: '', 'zh-CN': '' },
  about: { en: 'let everyone in the bot’s reach use it', 'zh-CN': '让机器人可见范围内的所有人都可以使用' },
  changes: true,
  adminOnly: true,
  async run(_argument, _message, { bot, store, locale }) {
    await store.setAllowList(bot.name, false);
    return {
      title: locale.t({ en: 'The allow-list is off', 'zh-CN': '白名单已关闭' }),
      severity: 'warning',
      text: locale.t(EVERYONE),
    };
  },
};

const EVERYONE = {
  en: 'Everyone in the bot’s reach may use it now. Who was on the list is remembered, for when it is on again.',
  'zh-CN': '现在机器人可见范围内的所有人都可以使用。名单仍保留，再次启用时有效。',
};
