import type { Command } from '../command';
import { myDraft } from '../filing/my-draft';
import { proceed } from '../filing/proceed';
import { Misunderstanding } from '../misunderstanding';
import { filledIn } from '../read-fields';
import { SPOKEN } from '../spoken';

/** The description of one's draft, typed after the choices have been made. */
export const content: Command = {
  spoken: SPOKEN.content,
  usage: { en: '<description>', 'zh-CN': '<描述>' },
  about: { en: 'describe the problem of the case that you are opening', 'zh-CN': '填写正在开的工单的描述' },
  async run({ text, fields }, message, office) {
    const draft = await myDraft(message, office);
    if (!text)
      throw new Misunderstanding({ en: 'The description is empty.', 'zh-CN': '描述为空，请在“内容”后输入描述。' });
    return proceed({ ...draft, values: { ...draft.values, ...filledIn(fields), body: text } }, message, office);
  },
};
