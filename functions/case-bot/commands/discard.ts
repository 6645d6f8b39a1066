import type { Command } from '../domain/command';
import { myDraft } from '../drafts/my-draft';
import { SPOKEN } from '../domain/spoken';

/** One's draft is forgotten. */
export const discard: Command = {
  spoken: SPOKEN.discard,
  async run({ text }, message, office) {
    await myDraft(message, office, text);
    await office.store.dropDraft(office.bot.name, message);
    return {
      title: office.say.t({ en: 'Discarded; nothing was filed', 'zh-CN': '已放弃，没有提交工单' }),
      severity: 'info',
    };
  },
};
