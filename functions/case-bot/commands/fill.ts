import type { Command } from '../command';
import { myDraft } from '../filing/my-draft';
import { proceed } from '../filing/proceed';
import { filledIn } from '../read-fields';
import { SPOKEN } from '../spoken';

/** What a form, or `name: value` lines, add to one's draft. */
export const fill: Command = {
  spoken: SPOKEN.fill,
  async run({ text, fields }, message, office) {
    const draft = await myDraft(message, office, /CB-\w+/i.exec(text)?.[0]);
    return proceed({ ...draft, values: { ...draft.values, ...filledIn(fields) } }, message, office);
  },
};
