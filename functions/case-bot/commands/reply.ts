import type { Card, ChatMessage } from '@casebell/im';
import { isResolved } from '../case-card';
import type { Command } from '../command';
import { bodiesOf } from '../filing/bodies';
import { footerOf, markOf } from '../filing/footer';
import { caseMeant, type FoundCase, readId } from '../find-case';
import { Later, Misunderstanding } from '../misunderstanding';
import { named } from '../named';
import type { Office } from '../office';
import type { Both } from '../say';
import { SPOKEN } from '../spoken';
import { SupportTrouble } from '../support-desk';

/** In ms: clocks differ. */
const SLACK = 600_000;

/** Writes to AWS Support: in a case's own conversation whatever is said, elsewhere by number. */
export const reply: Command = {
  spoken: SPOKEN.reply,
  usage: { en: 'NUMBER TEXT', 'zh-CN': '工单号 内容' },
  about: { en: 'write to AWS Support in a case', 'zh-CN': '把内容发给 AWS 支持工程师' },
  changes: true,
  async run({ verbatim }, message, office) {
    const { id, rest } = readId(verbatim);
    return write(await caseMeant(id, message.conversation, office, EXAMPLE), rest, message, office);
  },
};

/** Adds it to the case, once; a resolved case is reopened by it. */
export async function write(to: FoundCase, text: string, message: ChatMessage, office: Office): Promise<Card> {
  if (!text) throw new Misunderstanding(EMPTY);
  const mark = markOf(office.bot.name, message.id);
  const bodies = bodiesOf(text, footerOf(await named(message, office), mark));
  const { desk, found } = to;
  const had = office.resumed ? await desk.communications(found.caseId, message.at - SLACK) : [];
  for (const body of bodies) {
    if (had.some((communication) => communication.body.trim().endsWith(body.slice(body.lastIndexOf(mark))))) continue;
    await desk.reply(found.caseId, body).catch(unclear);
  }
  return {
    title: office.say.t({ en: `Sent to case ${found.displayId}`, 'zh-CN': `已回复到工单 ${found.displayId}` }),
    severity: 'info',
    text: [...(isResolved(found) ? [REOPENED] : []), ...(bodies.length > 1 ? [inParts(bodies.length)] : [])]
      .map(office.say.t)
      .join('\n'),
  };
}

/** Whether it has arrived is looked up before anything is sent again. */
function unclear(error: unknown): never {
  if (error instanceof SupportTrouble && error.uncertain) throw new Later(`AddCommunicationToCase: ${error}`, UNKNOWN);
  throw error;
}

const EXAMPLE: Both = { en: 'reply 1234567890 it works again', 'zh-CN': '回复 1234567890 重启后恢复了' };
const EMPTY: Both = { en: 'The reply is empty: what shall I write?', 'zh-CN': '回复内容为空，请写明要回复什么。' };
const REOPENED: Both = {
  en: 'The case was resolved; your reply has reopened it.',
  'zh-CN': '工单此前已解决，您的回复已将其重新打开。',
};
const inParts = (count: number): Both => ({
  en: `AWS takes 8,000 characters at once: it was sent in ${count} parts.`,
  'zh-CN': `AWS 一次最多接收 8000 个字符，内容已分 ${count} 条发送。`,
});
const UNKNOWN: Both = {
  en: 'AWS Support has not answered. I will look whether your reply has arrived before I send it again; you need not do anything.',
  'zh-CN': 'AWS 支持暂未响应。我会先确认回复是否已送达再重发，您无需操作。',
};
