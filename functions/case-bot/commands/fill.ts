import { COMMAND_NAMES, type Command } from '../domain/command';
import { advanceDraft, loadDraft } from '../drafts/advance-draft';
import { enteredValues } from '../drafts/parse-fields';

/** Adds the values of a form, or of `name: value` lines, to the person's draft. */
export const fill: Command = {
  names: COMMAND_NAMES.fill,
  async run({ text, fields }, message, ctx) {
    const draft = await loadDraft(message, ctx, /CB-\w+/i.exec(text)?.[0]);
    return advanceDraft({ ...draft, values: { ...draft.values, ...enteredValues(fields) } }, message, ctx);
  },
};
