import { COMMAND_NAMES, type Command } from '../domain/command';
import { loadDraft } from '../drafts/advance-draft';
import { formCard } from '../drafts/form';

/** Shows the form of the person's draft again. */
export const edit: Command = {
  names: COMMAND_NAMES.edit,
  run: async ({ text }, message, ctx) => formCard(await loadDraft(message, ctx, text), ctx),
};
