import { COMMAND_NAMES, type Command } from '../domain/command';
import { loadDraft } from '../drafts/advance-draft';

/** Deletes the person's draft. */
export const discard: Command = {
  names: COMMAND_NAMES.discard,
  async run({ text }, message, ctx) {
    await loadDraft(message, ctx, text);
    await ctx.store.deleteDraft(ctx.bot.name, message);
    return {
      title: ctx.locale.t({ en: 'Discarded; no case was created', 'zh-CN': '已放弃，没有提交工单' }),
      severity: 'info',
    };
  },
};
