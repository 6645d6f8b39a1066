import type { Card } from '@casebell/im';
import type { Command } from '../command';
import { caseMeant } from '../find-case';
import { Misunderstanding } from '../misunderstanding';
import { SPOKEN } from '../spoken';
import { write } from './reply';

/** Files cannot be handed on to AWS yet: whoever shares one hears so, and the words beside it are not lost. */
export const files: Command = {
  spoken: SPOKEN.reply,
  changes: true,
  async run({ text }, message, office): Promise<Card> {
    if (!text) throw new Misunderstanding(NOT_YET);
    const card = await write(await caseMeant(undefined, message.conversation, office), text, message, office);
    return { ...card, severity: 'warning', text: [card.text, office.say.t(NOT_YET)].filter(Boolean).join('\n') };
  },
};

const NOT_YET = {
  en: 'Files and pictures are not passed on to AWS from here: attach them to the case in Support Center.',
  'zh-CN': '暂不支持从这里把文件和图片转给 AWS，请在支持中心为工单添加附件。',
};
