import type { Card } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { COMMAND_NAMES, type Command, commandText } from '../domain/command';
import type { MessageContext } from '../domain/context';
import { type FoundCase, findReferencedCase, parseCaseId } from '../domain/find-case';
import { sendReply } from '../filing/send-reply';

/** Writes to AWS Support: to the case with that number, or to the case of the conversation. */
export const reply: Command = {
  names: COMMAND_NAMES.reply,
  usage: { en: 'NUMBER TEXT', 'zh-CN': '工单号 内容' },
  about: { en: 'write to AWS Support in a case', 'zh-CN': '把内容发给 AWS 支持工程师' },
  changes: true,
  async run({ verbatim, fields }, message, ctx) {
    const { id, rest } = parseCaseId(verbatim);
    const to = await findReferencedCase(id, message.conversation, ctx, EXAMPLE);
    const text = fields.text?.trim() || rest;
    return text ? sendReply(to, text, message, ctx) : showForm(to, ctx);
  },
};

/** In the conversation of a case, each text that is no command is a reply; a number at its beginning is part of the text. */
export const replyHere: Command = {
  ...reply,
  run: async ({ verbatim }, message, ctx) =>
    sendReply(await findReferencedCase(undefined, message.conversation, ctx, EXAMPLE), verbatim, message, ctx),
};

function showForm({ supportCase: { displayId, subject } }: FoundCase, { locale }: MessageContext): Card {
  const text = { name: 'text', label: locale.t(TEXT), multiline: true, required: true };
  return {
    title: locale.t({ en: `Reply in case ${displayId}`, 'zh-CN': `回复工单 ${displayId}` }),
    severity: 'info',
    quote: subject,
    form: { command: commandText('reply', locale, displayId), submit: locale.t(SEND), fields: [text] },
  };
}

const TEXT: LocalizedText = { en: 'Text', 'zh-CN': '内容' };
const SEND: LocalizedText = { en: 'Send', 'zh-CN': '发送' };
const EXAMPLE: LocalizedText = { en: 'reply 1234567890 it works again', 'zh-CN': '回复 1234567890 重启后恢复了' };
