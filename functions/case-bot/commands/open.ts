import type { Card, ChatMessage } from '@casebell/im';
import type { Command } from '../command';
import { type Draft, referenceOf } from '../draft';
import { enclosing } from '../filing/enclosures';
import { formCard } from '../filing/form';
import { proceed } from '../filing/proceed';
import type { Office } from '../office';
import { filledIn } from '../read-fields';
import { SPOKEN } from '../spoken';

/** Begins a case: with a subject or nothing, by the form; with `name: value` lines, by what is still missing. */
export const open: Command = {
  spoken: SPOKEN.open,
  usage: { en: 'SUBJECT', 'zh-CN': '题目' },
  about: { en: 'open a case; you see all of it before it is filed', 'zh-CN': '开一个 AWS 支持工单，提交前可以核对' },
  async run({ text, fields }, message, office) {
    const given = { ...(text && { subject: text }), ...filledIn(fields) };
    const draft = enclosing({ reference: referenceOf(office.bot.name, message.id), values: given }, message);
    const hasMore = Object.keys(filledIn(fields)).length > 0;
    return hasMore ? proceed(draft, message, office) : ask(draft, message, office);
  },
};

async function ask(draft: Draft, message: ChatMessage, office: Office): Promise<Card> {
  await office.store.saveDraft(office.bot.name, message, draft);
  return formCard(draft, office);
}
