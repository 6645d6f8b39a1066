import type { Command } from '../command';
import { namesOf, whoIsMeant } from '../rights';

/** Takes people off the allow-list; it stays on, so that an empty one lets nobody in but administrators. */
export const deny: Command = {
  spoken: { en: 'disallow', 'zh-CN': '删除白名单', also: ['deny', '移除白名单'] },
  usage: { en: '<@person | user id | e-mail | mobile>', 'zh-CN': '<@某人 | 用户ID | 邮箱 | 手机号>' },
  about: { en: 'take somebody off the list', 'zh-CN': '移出白名单' },
  changes: true,
  admin: true,
  async run(argument, _message, { app, bot, store, say }) {
    const people = await whoIsMeant(argument, app);
    for (const { id } of people) await store.deny(bot.name, id);
    const names = namesOf(people);
    return { title: say.t({ en: `Off the list: ${names}`, 'zh-CN': `已移出白名单：${names}` }), severity: 'info' };
  },
};
