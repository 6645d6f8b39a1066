import { caseCard, isResolved } from '../domain/case-card';
import { COMMAND_NAMES, type Command, commandText } from '../domain/command';
import { findReferencedCase, parseCaseId } from '../domain/find-case';

/** Asks once more before a case is closed. */
export const resolve: Command = {
  names: COMMAND_NAMES.resolve,
  usage: { en: 'NUMBER', 'zh-CN': '工单号' },
  about: { en: 'resolve a case; asks once more first', 'zh-CN': '问题解决后关闭，关闭前会再确认一次' },
  async run({ text }, message, ctx) {
    const { account, supportCase } = await findReferencedCase(parseCaseId(text).id, message.conversation, ctx, EXAMPLE);
    const card = caseCard(supportCase, account, ctx);
    if (isResolved(supportCase)) return card;
    const label = ctx.locale.t({ en: 'Yes, resolve it', 'zh-CN': '确认关闭' });
    const command = commandText(COMMAND_NAMES.resolveNow, ctx.locale.language, supportCase.displayId);
    const text_ = ctx.locale.t({
      en: 'Resolve this case? A later reply reopens it.',
      'zh-CN': '确定关闭这个工单？之后再回复会重新打开它。',
    });
    return { ...card, severity: 'warning', text: text_, buttons: [{ label, command }] };
  },
};

const EXAMPLE = { en: 'resolve 1234567890', 'zh-CN': '关闭工单 1234567890' };
