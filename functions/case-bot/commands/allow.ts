import { COMMAND_NAMES, type Command } from '../domain/command';
import { findPeople, formatNames, PERSON_USAGE } from '../domain/rights';

/** Adds people to the allow list, and switches it on. */
export const allow: Command = {
  names: COMMAND_NAMES.allow,
  usage: PERSON_USAGE,
  about: {
    en: 'allow a person to use the bot; from then on only people on the list may',
    'zh-CN': '加入白名单；之后只有名单内的人可以使用',
  },
  changes: true,
  adminOnly: true,
  async run(argument, _message, { app, bot, store, locale }) {
    const people = await findPeople(argument, app);
    const known = (await store.getRights(bot.name)).people;
    for (const person of people) await store.grantRole(bot.name, person, known.get(person.id)?.role ?? 'member');
    await store.setAllowList(bot.name, true);
    const names = formatNames(people);
    return {
      title: locale.t({ en: `May use the bot: ${names}`, 'zh-CN': `已加入白名单：${names}` }),
      severity: 'info',
      text: locale.t(ON),
    };
  },
};

const ON = {
  en: 'The allow list is on: only the people on it and the administrators may use the bot.',
  'zh-CN': '白名单已启用：只有名单内的人和管理员可以使用。',
};
