import type { Command } from '../command';
import { formCard } from '../filing/form';
import { myDraft } from '../filing/my-draft';
import { SPOKEN } from '../spoken';

/** One's draft as a form again. */
export const edit: Command = {
  spoken: SPOKEN.edit,
  run: async ({ text }, message, office) => formCard(await myDraft(message, office, text), office),
};
