import type { Card, ChatMessage } from '@casebell/im/bots';
import type { Command } from '../command';
import { type Draft, type DraftValues, referenceOf } from '../draft';
import { draftCase } from '../drafts/ai-draft';
import { enclosing } from '../filing/enclosures';
import { formCard } from '../filing/form';
import { proceed } from '../filing/proceed';
import type { Office } from '../office';
import { filledIn } from '../read-fields';
import { SPOKEN } from '../spoken';

/** Begins a case: with `name: value` lines, by what is still missing; with words, by what a model makes of them, or by the form. */
export const open: Command = {
  spoken: SPOKEN.open,
  usage: { en: 'SUBJECT', 'zh-CN': '题目' },
  about: { en: 'open a case; you see all of it before it is filed', 'zh-CN': '开一个 AWS 支持工单，提交前可以核对' },
  async run({ text, fields }, message, office) {
    const filled = filledIn(fields);
    const begun = { reference: referenceOf(office.bot.name, message.id), values: givenBy(text, filled) };
    const draft = enclosing(begun, message);
    const hasMore = Object.keys(filled).length > 0;
    if (hasMore) return proceed(draft, message, office);
    const values = text ? await draftCase(text, office) : undefined;
    return values ? proceed({ ...draft, values, byModel: true }, message, office) : ask(draft, message, office);
  },
};

/** Words above the lines are the subject; where they are more than one line can be, or there is a subject, they are the description too. */
function givenBy(text: string, filled: DraftValues): DraftValues {
  if (!text) return filled;
  const [subject = ''] = text.split('\n', 1);
  const isOneLine = subject === text && filled.subject === undefined;
  const body = [text, filled.body].filter(Boolean).join('\n\n');
  return { subject, ...filled, ...(!isOneLine && { body }) };
}

async function ask(draft: Draft, message: ChatMessage, office: Office): Promise<Card> {
  await office.store.saveDraft(office.bot.name, message, draft);
  return formCard(draft, office);
}
