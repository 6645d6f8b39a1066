import type { LocalizedText } from '../../shared/locale';
import type { Command } from '../domain/command';

/** Shows who may use the bot. */
export const allowlist: Command = {
  names: { en: 'allowlist', 'zh-CN': '查看白名单', also: ['allow list', 'whitelist', '白名单'] },
  usage: { en: '', 'zh-CN': '' },
  about: { en: 'show who may use the bot', 'zh-CN': '看谁可以使用机器人' },
  adminOnly: true,
  async run(_argument, _message, { bot, store, locale }) {
    const { isAllowListOn, people } = await store.getRights(bot.name);
    const facts = [...people].map(([id, { name, role }]) => ({
      label: locale.t(ROLES[role]),
      value: name ? `${name} (${id})` : id,
    }));
    const configured = bot.admins.map((id) => ({ label: locale.t(CONFIGURED), value: id }));
    return { title: locale.t(isAllowListOn ? ON : OFF), severity: 'info', facts: [...configured, ...facts] };
  },
};

const ROLES: Readonly<Record<'member' | 'admin', LocalizedText>> = {
  member: { en: 'Member', 'zh-CN': '成员' },
  admin: { en: 'Administrator', 'zh-CN': '管理员' },
};
const CONFIGURED: LocalizedText = { en: 'Administrator (stack)', 'zh-CN': '管理员（堆栈参数）' };
const ON: LocalizedText = { en: 'The allow list is on', 'zh-CN': '白名单已启用' };
const OFF: LocalizedText = {
  en: 'The allow list is off: everyone here may use the bot',
  'zh-CN': '白名单未启用，所有人都可以使用',
};
