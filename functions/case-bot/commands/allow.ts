import type { Command } from '../command';
import { namesOf, whoIsMeant } from '../rights';
import { SPOKEN } from '../spoken';

/** Puts people on the allow-list, and with that switches it on. */
export const allow: Command = {
  spoken: SPOKEN.allow,
  usage: { en: '<@person | user id | e-mail | mobile>', 'zh-CN': '<@某人 | 用户ID | 邮箱 | 手机号>' },
  about: {
    en: 'let somebody use the bot; from then on only those on the list may',
    'zh-CN': '加入白名单；之后只有名单内的人可以使用',
  },
  changes: true,
  admin: true,
  async run(argument, _message, { app, bot, store, say }) {
    const people = await whoIsMeant(argument, app);
    for (const person of people) await store.allow(bot.name, person, 'member');
    await store.switchList(bot.name, true);
    const names = namesOf(people);
    return {
      title: say.t({ en: `May use the bot: ${names}`, 'zh-CN': `已加入白名单：${names}` }),
      severity: 'info',
      text: say.t({ en: 'The allow-list is on.', 'zh-CN': '白名单已启用。' }),
    };
  },
};
