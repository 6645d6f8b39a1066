import type { Command } from '../command';
import { namesOf, whoIsMeant } from '../rights';
import { SPOKEN } from '../spoken';

/** Makes people administrators of this bot. The first ones are named in the stack's parameters. */
export const admin: Command = {
  spoken: SPOKEN.admin,
  usage: { en: '<@person | user id | e-mail | mobile>', 'zh-CN': '<@某人 | 用户ID | 邮箱 | 手机号>' },
  about: { en: 'make somebody an administrator', 'zh-CN': '设置管理员' },
  changes: true,
  admin: true,
  async run(argument, _message, { app, bot, store, say }) {
    const people = await whoIsMeant(argument, app);
    for (const person of people) await store.allow(bot.name, person, 'admin');
    const names = namesOf(people);
    return { title: say.t({ en: `Administrators: ${names}`, 'zh-CN': `已设为管理员：${names}` }), severity: 'info' };
  },
};
