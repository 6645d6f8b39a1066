import type { Command } from '../domain/command';
import { myDraft } from '../drafts/my-draft';
import { proceed } from '../drafts/advance-draft';
import { filledIn } from '../drafts/parse-fields';
import { SPOKEN } from '../domain/spoken';

/** What a form, or `name: value` lines, add to one's draft. */
export const fill: Command = {
  spoken: SPOKEN.fill,
  async run({ text, fields }, message, office) {
    const draft = await myDraft(message, office, /CB-\w+/i.exec(text)?.[0]);
    return proceed({ ...draft, values: { ...draft.values, ...filledIn(fields) } }, message, office);
  },
};
