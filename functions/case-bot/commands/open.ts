import type { Card, ChatMessage } from '@casebell/im/bots';
import { COMMAND_NAMES, type Command } from '../domain/command';
import type { MessageContext } from '../domain/context';
import { type Draft, type DraftValues, draftReference } from '../domain/draft';
import { advanceDraft } from '../drafts/advance-draft';
import { draftCase } from '../drafts/ai-draft';
import { formCard } from '../drafts/form';
import { enteredValues } from '../drafts/parse-fields';
import { withMessageFiles } from '../filing/attachments';

/** Begins a case: with `name: value` lines, by what is still missing; with words, by what a model makes of them, or by the form. */
export const open: Command = {
  names: COMMAND_NAMES.open,
  usage: { en: 'SUBJECT', 'zh-CN': '题目' },
  about: { en: 'open a case; you see all of it before it is filed', 'zh-CN': '开一个 AWS 支持工单，提交前可以核对' },
  async run({ text, fields }, message, ctx) {
    const filled = enteredValues(fields);
    const begun = { reference: draftReference(ctx.bot.name, message.id), values: givenBy(text, filled) };
    const draft = withMessageFiles(begun, message);
    const hasMore = Object.keys(filled).length > 0;
    if (hasMore) return advanceDraft(draft, message, ctx);
    const values = text ? await draftCase(text, ctx) : undefined;
    return values ? advanceDraft({ ...draft, values, byModel: true }, message, ctx) : ask(draft, message, ctx);
  },
};

/** Words above the lines are the subject; where they are more than one line can be, or there is a subject, they are the description too. */
function givenBy(text: string, filled: DraftValues): DraftValues {
  if (!text) return filled;
  const [subject = ''] = text.split('\n', 1);
  const isOneLine = subject === text && filled.subject === undefined;
  const body = [text, filled.body].filter(Boolean).join('\n\n');
  return { subject, ...filled, ...(!isOneLine && { body }) };
}

async function ask(draft: Draft, message: ChatMessage, ctx: MessageContext): Promise<Card> {
  await ctx.store.saveDraft(ctx.bot.name, message, draft);
  return formCard(draft, ctx);
}
