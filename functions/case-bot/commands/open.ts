import { COMMAND_NAMES, type Command } from '../domain/command';
import { type DraftValues, draftReference, withMessageFiles } from '../domain/draft';
import { advanceDraft } from '../drafts/advance-draft';
import { draftCase } from '../drafts/ai-draft';
import { formCard } from '../drafts/form';
import { enteredValues } from '../drafts/parse-fields';

/** Starts a draft. `name: value` lines are reviewed at once; other text is drafted by a model, if one is enabled, or fills the form. */
export const open: Command = {
  names: COMMAND_NAMES.open,
  usage: { en: 'SUBJECT', 'zh-CN': '题目' },
  about: { en: 'open a case; you check it before it is submitted', 'zh-CN': '开一个 AWS 支持工单，提交前可以核对' },
  async run({ text, fields }, message, ctx) {
    const entered = enteredValues(fields);
    const reference = draftReference(ctx.bot.name, message.id);
    const draft = withMessageFiles({ reference, values: initialValues(text, entered) }, message);
    if (Object.keys(entered).length > 0) return advanceDraft(draft, message, ctx);
    const values = text ? await draftCase(text, ctx) : undefined;
    if (values) return advanceDraft({ ...draft, values, byModel: true }, message, ctx);
    await ctx.store.saveDraft(ctx.bot.name, message, draft);
    return formCard(draft, ctx);
  },
};

/** Text without a name is the subject. It is also the description where it has several lines, or where a subject was entered. */
function initialValues(text: string, entered: DraftValues): DraftValues {
  if (!text) return entered;
  const [subject = ''] = text.split('\n', 1);
  const isSubjectOnly = subject === text && entered.subject === undefined;
  const body = [text, entered.body].filter(Boolean).join('\n\n');
  return { subject, ...entered, ...(!isSubjectOnly && { body }) };
}
