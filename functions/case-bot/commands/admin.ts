import { COMMAND_NAMES, type Command } from '../domain/command';
import { findPeople, formatNames, PERSON_USAGE } from '../domain/rights';

/** Makes people administrators of this bot. The stack's parameters name the first ones. */
export const admin: Command = {
  names: COMMAND_NAMES.admin,
  usage: PERSON_USAGE,
  about: { en: 'make a person an administrator', 'zh-CN': '让某人也能使用管理员命令' },
  changes: true,
  adminOnly: true,
  async run(argument, _message, { app, bot, store, locale }) {
    const people = await findPeople(argument, app);
    for (const person of people) await store.grantRole(bot.name, person, 'admin');
    const names = formatNames(people);
    return {
      title: locale.t({ en: `Administrators: ${names}`, 'zh-CN': `已设为管理员：${names}` }),
      severity: 'info',
      text: locale.t(NOW),
    };
  },
};

const NOW = { en: 'They may use the commands for administrators now.', 'zh-CN': '现在可以使用管理员命令。' };
