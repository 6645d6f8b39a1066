import type { Command } from '../domain/command';
import { loadDraft } from '../drafts/my-draft';
import { advanceDraft } from '../drafts/advance-draft';
import { UserInputError } from '../domain/errors';
import { COMMAND_NAMES } from '../domain/spoken';

/** The description of one's draft, typed after the choices have been made; whatever its lines look like, they are the description. */
export const content: Command = {
  names: COMMAND_NAMES.content,
  usage: { en: 'DESCRIPTION', 'zh-CN': '描述' },
  about: { en: 'describe the problem of the case that you are opening', 'zh-CN': '填写正在开的工单的描述，可以多行' },
  async run({ verbatim }, message, office) {
    const draft = await loadDraft(message, office);
    if (!verbatim) throw new UserInputError(EMPTY);
    return advanceDraft({ ...draft, values: { ...draft.values, body: verbatim } }, message, office);
  },
};

const EMPTY = {
  en: 'The description is empty: write it behind `content`.',
  'zh-CN': '描述为空，请在“内容”后面写上描述。',
};
