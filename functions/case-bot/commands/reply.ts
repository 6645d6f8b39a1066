import type { Card, ChatMessage } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { isResolved } from '../case-card';
import { keyOf } from '../case-store';
import type { Command } from '../command';
import { bodiesOf } from '../filing/bodies';
import { footerOf, markOf } from '../filing/footer';
import { caseMeant, type FoundCase, readId } from '../find-case';
import { Later } from '../misunderstanding';
import { named } from '../named';
import type { Office } from '../office';
import { SPOKEN, typed } from '../spoken';
import { type StoredFile, SupportTrouble } from '../support-desk';

/** In ms: clocks differ. */
const SLACK = 600_000;

/** Writes to AWS Support: in a case's own conversation whatever is said, elsewhere by number. */
export const reply: Command = {
  spoken: SPOKEN.reply,
  usage: { en: 'NUMBER TEXT', 'zh-CN': '工单号 内容' },
  about: { en: 'write to AWS Support in a case', 'zh-CN': '把内容发给 AWS 支持工程师' },
  changes: true,
  async run({ verbatim, fields }, message, office) {
    const { id, rest } = readId(verbatim);
    const to = await caseMeant(id, message.conversation, office, EXAMPLE);
    const words = fields.text?.trim() || rest;
    return words ? write(to, words, message, office) : ask(to, office);
  },
};

/** The same where a case lives: there everything that is no command is for AWS, and a number at its beginning is no case's. */
export const replyHere: Command = {
  ...reply,
  run: async ({ verbatim }, message, office) =>
    write(await caseMeant(undefined, message.conversation, office, EXAMPLE), verbatim, message, office),
};

/** The case, and room for what is to be written. */
function ask({ found: { displayId, subject } }: FoundCase, { say }: Office): Card {
  const text = { name: 'text', label: say.t(TEXT), multiline: true, required: true };
  return {
    title: say.t({ en: `Reply in case ${displayId}`, 'zh-CN': `回复工单 ${displayId}` }),
    severity: 'info',
    quote: subject,
    form: { command: typed(SPOKEN.reply, say.language, displayId), submit: say.t(SEND), fields: [text] },
  };
}

/** Adds it to the case, once; a resolved case is reopened by it. */
export async function write(
  { desk, found, account }: FoundCase,
  text: string,
  message: ChatMessage,
  office: Office,
  files: readonly StoredFile[] = [],
): Promise<Card> {
  const { store, bot, say, resumed } = office;
  const mark = markOf(bot.name, message.id);
  await store.typed(mark, `${bot.name}/${keyOf(message.conversation)}`);
  const bodies = bodiesOf(text, footerOf(await named(message, office), mark));
  const had = resumed ? await desk.communications(found.caseId, message.sentAt - SLACK) : [];
  for (const [index, body] of bodies.entries()) {
    if (had.some((communication) => communication.body.trim().endsWith(body.slice(body.lastIndexOf(mark))))) continue;
    await desk.reply(found.caseId, body, index === 0 ? files : []).catch((error) => unclear(error, index));
  }
  if (isResolved(found)) await knowReopened(account, found.displayId, office);
  return {
    title: say.t({ en: `Sent to case ${found.displayId}`, 'zh-CN': `已回复到工单 ${found.displayId}` }),
    severity: 'info',
    text: [...(isResolved(found) ? [REOPENED] : []), ...(bodies.length > 1 ? [inParts(bodies.length)] : [])]
      .map(say.t)
      .join('\n'),
  };
}

/** Whoever has just been told so need not be told again by AWS's event. */
async function knowReopened(account: string, displayId: string, { store }: Office): Promise<void> {
  const following = await store.following(account, displayId);
  if (following) await store.keep({ ...following, status: 'reopened' });
}

/** Whether it has arrived is looked up before anything is sent again; what follows a part that has arrived is sent by itself. */
function unclear(error: unknown, index: number): never {
  if (error instanceof SupportTrouble && (error.uncertain || index > 0))
    throw new Later(`AddCommunicationToCase: ${error}`, UNKNOWN);
  throw error;
}

const TEXT: LocalizedText = { en: 'Text', 'zh-CN': '内容' };
const SEND: LocalizedText = { en: 'Send', 'zh-CN': '发送' };
const EXAMPLE: LocalizedText = { en: 'reply 1234567890 it works again', 'zh-CN': '回复 1234567890 重启后恢复了' };
const REOPENED: LocalizedText = {
  en: 'The case was resolved; your reply has reopened it.',
  'zh-CN': '工单此前已解决，您的回复已将其重新打开。',
};
const inParts = (count: number): LocalizedText => ({
  en: `AWS takes 8,000 characters at once: it was sent in ${count} parts.`,
  'zh-CN': `AWS 一次最多接收 8000 个字符，内容已分 ${count} 条发送。`,
});
const UNKNOWN: LocalizedText = {
  en: 'AWS Support has not answered. I will look whether your reply has arrived before I send it again; you need not do anything.',
  'zh-CN': 'AWS 支持暂未响应。我会先确认回复是否已送达再重发，您无需操作。',
};
