import type { Card, ChatMessage, SharedFile } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { Command } from '../command';
import type { Enclosed } from '../draft';
import { bringFiles, MOST_FILES } from '../files';
import { caseMeant, type FoundCase } from '../find-case';
import type { Office } from '../office';
import { SPOKEN } from '../spoken';
import { write } from './reply';

/** What was shared goes to the case whose place this is; elsewhere it is kept until it is said to which. */
export const files: Command = {
  spoken: SPOKEN.attach,
  changes: true,
  async run({ verbatim }, message, office): Promise<Card> {
    const { store, bot, say } = office;
    const shared = message.files ?? [];
    const isHome = await store.caseOf(bot.name, message.conversation);
    if (isHome)
      return send(await caseMeant(undefined, message.conversation, office), verbatim, shared, message, office);
    await store.remember(pendingKey(message, office), {
      files: shared,
      from: withoutAnswer(message),
    } satisfies Enclosed);
    return { title: say.t(WHERE), severity: 'info', text: say.t(HOW) };
  },
};

export const pendingKey = ({ conversation, sender }: ChatMessage, { bot }: Office): string =>
  `${bot.name}/${conversation.id}/${sender.id}/pending`;

/** Attaches files with a reply that names them, a few at a time. @param from the message that they came with */
export async function send(
  to: FoundCase,
  text: string,
  shared: readonly SharedFile[],
  message: ChatMessage,
  office: Office,
  from = message,
): Promise<Card> {
  const taken = shared.slice(0, MOST_FILES);
  const stored = await bringFiles(taken, from, to.desk, office);
  const names = taken.map(({ name, kind }) => `📎 ${name ?? kind}`).join('\n');
  const said = await write(to, [text, names].filter(Boolean).join('\n\n'), message, office, stored);
  const card = { ...said, quote: names };
  const left = shared.length - taken.length;
  return left > 0 ? { ...card, severity: 'warning', text: lines(card.text, office.say.t(tooMany(left))) } : card;
}

const lines = (...texts: (string | undefined)[]): string => texts.filter(Boolean).join('\n');

/** What is kept for days holds no password. */
export function withoutAnswer({
  conversation: { replyUrl: _, ...conversation },
  ...message
}: ChatMessage): ChatMessage {
  return { ...message, conversation };
}

const WHERE: LocalizedText = { en: 'To which case?', 'zh-CN': '要添加到哪个工单？' };
const HOW: LocalizedText = {
  en: 'Say `attach NUMBER` here, within a day; `cases` lists the numbers.',
  'zh-CN': '请在一天内在这里发送“附件 工单号”；发送“历史”可以查到工单号。',
};
const tooMany = (left: number): LocalizedText => ({
  en: `AWS takes ${MOST_FILES} files at once; ${left} more did not go: share the rest again.`,
  'zh-CN': `AWS 一次最多接收 ${MOST_FILES} 个文件，其余 ${left} 个请重新发送。`,
});
