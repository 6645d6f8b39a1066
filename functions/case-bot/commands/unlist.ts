import type { Command } from '../command';

/** Switches the allow-list off, which opens the bot to everyone in its reach: a command of its own, so that nobody does it by taking off the last name. */
export const unlist: Command = {
  spoken: { en: 'allowlist off', 'zh-CN': '关闭白名单', also: ['allow list off', '停用白名单'] },
  usage: { en: '', 'zh-CN': '' },
  about: { en: 'let everyone in the bot’s reach use it', 'zh-CN': '停用白名单，所有人都可以使用' },
  changes: true,
  admin: true,
  async run(_argument, _message, { bot, store, say }) {
    await store.switchList(bot.name, false);
    return { title: say.t({ en: 'The allow-list is off', 'zh-CN': '白名单已停用' }), severity: 'warning' };
  },
};
