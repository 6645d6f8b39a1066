import type { Card } from '@casebell/im/bots';
import type { Locale } from '../../shared/locale';
import { caseCard } from '../case-card';
import type { Command } from '../command';
import { caseMeant, readId } from '../find-case';
import { SPOKEN, typed } from '../spoken';
import type { Communication } from '../support-desk';

/** Communications on one card. */
const PAGE = 5;

/** One case with its correspondence, the latest part of it first. */
export const show: Command = {
  spoken: SPOKEN.show,
  usage: { en: 'NUMBER', 'zh-CN': '工单号' },
  about: { en: 'show a case with its correspondence', 'zh-CN': '查看工单状态和往来内容' },
  async run({ text }, message, office) {
    const { id, rest } = readId(text);
    const { account, desk, found } = await caseMeant(id, message.conversation, office);
    const all = await desk.communications(found.caseId);
    const page = Number(/^(?:p|第)(\d{1,3})/i.exec(rest)?.[1]) || 1;
    return withLetters(caseCard(found, account, office), all, page, found.displayId, office.say);
  },
};

/** Within a page as it was written: the oldest first. */
function withLetters(card: Card, all: Communication[], page: number, displayId: string, say: Locale): Card {
  const letters = all.slice((page - 1) * PAGE, page * PAGE).reverse();
  const older = {
    label: say.t({ en: 'Older', 'zh-CN': '更早的内容' }),
    command: typed(SPOKEN.show, say.language, displayId, `p${page + 1}`),
  };
  return {
    ...card,
    quote: letters.map((letter) => print(letter, say)).join('\n\n'),
    buttons: [...(card.buttons ?? []).slice(1), ...(all.length > page * PAGE ? [older] : [])],
  };
}

function print({ submittedBy, time, body, attachments }: Communication, say: Locale): string {
  const files = attachments.map(({ name }) => `📎 ${name}`);
  return [`── ${submittedBy} · ${say.time(time)}`, body.trim(), ...files].join('\n');
}
