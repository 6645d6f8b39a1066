import { COMMAND_NAMES, type Command } from '../domain/command';
import { UserInputError } from '../domain/errors';
import { advanceDraft, loadDraft } from '../drafts/advance-draft';

/** Sets the description of the person's draft. All of its lines belong to the description, also those like `name: value`. */
export const content: Command = {
  names: COMMAND_NAMES.content,
  usage: { en: 'DESCRIPTION', 'zh-CN': '描述' },
  about: { en: 'describe the problem of the case that you are opening', 'zh-CN': '填写正在开的工单的描述，可以多行' },
  async run({ verbatim }, message, ctx) {
    const draft = await loadDraft(message, ctx);
    if (!verbatim) throw new UserInputError(EMPTY);
    return advanceDraft({ ...draft, values: { ...draft.values, body: verbatim } }, message, ctx);
  },
};

const EMPTY = {
  en: 'The description is empty: write it after `content`.',
  'zh-CN': '描述为空，请在“内容”后面写上描述。',
};
