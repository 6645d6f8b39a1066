import { COMMAND_NAMES, type Command } from '../domain/command';
import { advanceDraft, loadDraft } from '../drafts/advance-draft';
import { enteredValues } from '../drafts/parse-fields';

/** What a form, or `name: value` lines, add to one's draft. */
export const fill: Command = {
  names: COMMAND_NAMES.fill,
  async run({ text, fields }, message, ctx) {
    const draft = await loadDraft(message, ctx, /CB-\w+/i.exec(text)?.[0]);
    return advanceDraft({ ...draft, values: { ...draft.values, ...enteredValues(fields) } }, message, ctx);
  },
};
