import { caseCard, isResolved } from '../domain/case-card';
import { COMMAND_NAMES, type Command } from '../domain/command';
import { findReferencedCase, parseCaseId } from '../domain/find-case';

/** Resolves a case, unless it is resolved. */
export const confirmResolve: Command = {
  names: COMMAND_NAMES.confirmResolve,
  changes: true,
  async run({ text }, message, ctx) {
    const found = await findReferencedCase(parseCaseId(text).id, message.conversation, ctx);
    const { supportClient, supportCase } = found;
    if (!isResolved(supportCase)) await supportClient.resolveCase(supportCase.caseId);
    const card = caseCard({ ...found, supportCase: { ...supportCase, status: 'resolved' } }, ctx);
    return { ...card, text: ctx.locale.t(RESOLVED) };
  },
};

const RESOLVED = { en: 'Resolved. A later reply reopens it.', 'zh-CN': '工单已关闭，之后再回复会重新打开它。' };
