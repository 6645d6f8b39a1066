import type { Card } from '@casebell/im/bots';
import type { Locale } from '../../shared/locale';
import { caseCard } from '../domain/case-card';
import { COMMAND_NAMES, type Command, commandText } from '../domain/command';
import { findReferencedCase, parseCaseId } from '../domain/find-case';
import type { Communication } from '../domain/support-client';

const COMMUNICATIONS_PER_PAGE = 5;

/** A case with its correspondence; the first page has the latest part. */
export const show: Command = {
  names: COMMAND_NAMES.show,
  usage: { en: 'NUMBER', 'zh-CN': '工单号' },
  about: { en: 'show a case with its correspondence', 'zh-CN': '查看工单状态和往来内容' },
  async run({ text }, message, ctx) {
    const { id, rest } = parseCaseId(text);
    const found = await findReferencedCase(id, message.conversation, ctx);
    const { caseId, displayId } = found.supportCase;
    const all = await found.supportClient.listCommunications(caseId);
    const page = Number(/^(?:p|第)(\d{1,3})/i.exec(rest)?.[1]) || 1;
    const older = {
      label: ctx.locale.t({ en: 'Older', 'zh-CN': '更早的内容' }),
      command: commandText('show', ctx.locale, displayId, `p${page + 1}`),
    };
    const card: Card = caseCard(found, ctx);
    return {
      ...card,
      quote: printPage(all, page, ctx.locale),
      buttons: [...(card.buttons ?? []).slice(1), ...(all.length > page * COMMUNICATIONS_PER_PAGE ? [older] : [])],
    };
  },
};

/** Oldest first within a page. */
function printPage(newestFirst: readonly Communication[], page: number, locale: Locale): string {
  const shown = newestFirst.slice((page - 1) * COMMUNICATIONS_PER_PAGE, page * COMMUNICATIONS_PER_PAGE);
  return shown
    .reverse()
    .map(({ submittedBy, time, body, attachments }) => {
      const files = attachments.map(({ name }) => `📎 ${name}`);
      return [`── ${submittedBy} · ${locale.time(time)}`, body.trim(), ...files].join('\n');
    })
    .join('\n\n');
}
