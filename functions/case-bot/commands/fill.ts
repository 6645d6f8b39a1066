import type { Command } from '../domain/command';
import { loadDraft } from '../drafts/my-draft';
import { advanceDraft } from '../drafts/advance-draft';
import { enteredValues } from '../drafts/parse-fields';
import { COMMAND_NAMES } from '../domain/spoken';

/** What a form, or `name: value` lines, add to one's draft. */
export const fill: Command = {
  names: COMMAND_NAMES.fill,
  async run({ text, fields }, message, office) {
    const draft = await loadDraft(message, office, /CB-\w+/i.exec(text)?.[0]);
    return advanceDraft({ ...draft, values: { ...draft.values, ...enteredValues(fields) } }, message, office);
  },
};
