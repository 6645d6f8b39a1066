import type { Command } from '../domain/command';

/** Lets everyone use the bot. It is a separate command, so that removing the last person from the list does not do it by accident. */
export const allowlistOff: Command = {
  names: { en: 'allowlist off', 'zh-CN': '关闭白名单', also: ['allow list off', '停用白名单'] },
  usage: { en: '', 'zh-CN': '' },
  about: { en: 'let everyone use the bot', 'zh-CN': '让机器人可见范围内的所有人都可以使用' },
  changes: true,
  adminOnly: true,
  async run(_argument, _message, { bot, store, locale }) {
    await store.setAllowList(bot.name, false);
    return {
      title: locale.t({ en: 'The allow list is off', 'zh-CN': '白名单已关闭' }),
      severity: 'warning',
      text: locale.t(EVERYONE),
    };
  },
};

const EVERYONE = {
  en: 'Everyone who can reach the bot may use it now. The list is kept for when it is on again.',
  'zh-CN': '现在机器人可见范围内的所有人都可以使用。名单仍保留，再次启用时有效。',
};
