import type { Command } from '../domain/command';
import { loadDraft } from '../drafts/my-draft';
import { COMMAND_NAMES } from '../domain/spoken';

/** One's draft is forgotten. */
export const discard: Command = {
  names: COMMAND_NAMES.discard,
  async run({ text }, message, office) {
    await loadDraft(message, office, text);
    await office.store.deleteDraft(office.bot.name, message);
    return {
      title: office.say.t({ en: 'Discarded; nothing was filed', 'zh-CN': '已放弃，没有提交工单' }),
      severity: 'info',
    };
  },
};
