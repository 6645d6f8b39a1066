import type { Command } from '../domain/command';
import { formCard } from '../drafts/form';
import { myDraft } from '../drafts/my-draft';
import { SPOKEN } from '../domain/spoken';

/** One's draft as a form again. */
export const edit: Command = {
  spoken: SPOKEN.edit,
  run: async ({ text }, message, office) => formCard(await myDraft(message, office, text), office),
};
