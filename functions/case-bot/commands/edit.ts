import type { Command } from '../domain/command';
import { formCard } from '../drafts/form';
import { loadDraft } from '../drafts/my-draft';
import { COMMAND_NAMES } from '../domain/spoken';

/** One's draft as a form again. */
export const edit: Command = {
  names: COMMAND_NAMES.edit,
  run: async ({ text }, message, office) => formCard(await loadDraft(message, office, text), office),
};
