import type { Card } from '@casebell/im/bots';
import type { Locale } from '../../shared/locale';
import { caseCard } from '../domain/case-card';
import { COMMAND_NAMES, type Command, commandText } from '../domain/command';
import { findReferencedCase, parseCaseId } from '../domain/find-case';
import type { Communication } from '../domain/support-client';

/** Communications on one card. */
const PAGE = 5;

/** One case with its correspondence, the latest part of it first. */
export const show: Command = {
  names: COMMAND_NAMES.show,
  usage: { en: 'NUMBER', 'zh-CN': '工单号' },
  about: { en: 'show a case with its correspondence', 'zh-CN': '查看工单状态和往来内容' },
  async run({ text }, message, ctx) {
    const { id, rest } = parseCaseId(text);
    const { account, supportClient, supportCase } = await findReferencedCase(id, message.conversation, ctx);
    const all = await supportClient.listCommunications(supportCase.caseId);
    const page = Number(/^(?:p|第)(\d{1,3})/i.exec(rest)?.[1]) || 1;
    return withLetters(caseCard(supportCase, account, ctx), all, page, supportCase.displayId, ctx.locale);
  },
};

/** Within a page as it was written: the oldest first. */
function withLetters(card: Card, all: Communication[], page: number, displayId: string, locale: Locale): Card {
  const letters = all.slice((page - 1) * PAGE, page * PAGE).reverse();
  const older = {
    label: locale.t({ en: 'Older', 'zh-CN': '更早的内容' }),
    command: commandText(COMMAND_NAMES.show, locale.language, displayId, `p${page + 1}`),
  };
  return {
    ...card,
    quote: letters.map((letter) => print(letter, locale)).join('\n\n'),
    buttons: [...(card.buttons ?? []).slice(1), ...(all.length > page * PAGE ? [older] : [])],
  };
}

function print({ submittedBy, time, body, attachments }: Communication, locale: Locale): string {
  const files = attachments.map(({ name }) => `📎 ${name}`);
  return [`── ${submittedBy} · ${locale.time(time)}`, body.trim(), ...files].join('\n');
}
