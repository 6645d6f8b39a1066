import type { LocalizedText } from '../../shared/locale';
import { caseCard, isResolved } from '../domain/case-card';
import { COMMAND_NAMES, type Command, commandText } from '../domain/command';
import { findReferencedCase, parseCaseId } from '../domain/find-case';

/** Asks for a confirmation before a case is resolved. */
export const resolve: Command = {
  names: COMMAND_NAMES.resolve,
  usage: { en: 'NUMBER', 'zh-CN': '工单号' },
  about: { en: 'resolve a case, after a confirmation', 'zh-CN': '问题解决后关闭，关闭前会再确认一次' },
  async run({ text }, message, ctx) {
    const found = await findReferencedCase(parseCaseId(text).id, message.conversation, ctx, EXAMPLE);
    const card = caseCard(found, ctx);
    if (isResolved(found.supportCase)) return card;
    const command = commandText('confirmResolve', ctx.locale, found.supportCase.displayId);
    const buttons = [{ label: ctx.locale.t(CONFIRM), command }];
    return { ...card, severity: 'warning', text: ctx.locale.t(QUESTION), buttons };
  },
};

const EXAMPLE: LocalizedText = { en: 'resolve 1234567890', 'zh-CN': '关闭工单 1234567890' };
const CONFIRM: LocalizedText = { en: 'Yes, resolve it', 'zh-CN': '确认关闭' };
const QUESTION: LocalizedText = {
  en: 'Resolve this case? A later reply reopens it.',
  'zh-CN': '确定关闭这个工单？之后再回复会重新打开它。',
};
