import { caseCard, isResolved } from '../domain/case-card';
import { COMMAND_NAMES, type Command } from '../domain/command';
import { findReferencedCase, parseCaseId } from '../domain/find-case';

/** Closes a case; one that is closed stays so. */
export const confirmResolve: Command = {
  names: COMMAND_NAMES.resolveNow,
  changes: true,
  async run({ text }, message, ctx) {
    const { account, supportClient, supportCase } = await findReferencedCase(
      parseCaseId(text).id,
      message.conversation,
      ctx,
    );
    if (!isResolved(supportCase)) await supportClient.resolveCase(supportCase.caseId);
    const card = caseCard({ ...supportCase, status: 'resolved' }, account, ctx);
    const done = { en: 'Resolved. A later reply reopens it.', 'zh-CN': '工单已关闭，之后再回复会重新打开它。' };
    return { ...card, text: ctx.locale.t(done) };
  },
};
