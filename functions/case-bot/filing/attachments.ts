import type { Card, ChatMessage, SharedFile } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { CaseRecord } from '../domain/case-store';
import type { MessageContext } from '../domain/context';
import type { Draft, PendingFiles } from '../domain/draft';
import { isPermanent, messageFor, RetryLaterError, retryRemainingSteps } from '../domain/errors';
import type { FoundCase } from '../domain/find-case';
import { sendReply } from './send-reply';
import { MAX_FILES, uploadFiles } from './upload-files';

interface FilesToSend {
  text: string;
  files: readonly SharedFile[];
  /** The message that asks for it. */
  message: ChatMessage;
  /** The message that shared the files; the same one if absent. */
  sharedBy?: ChatMessage;
}

/** Attaches files to a case by a reply that lists their names, at most `MAX_FILES` at once. */
export async function sendFiles(
  to: FoundCase,
  { text, files, message, sharedBy = message }: FilesToSend,
  ctx: MessageContext,
): Promise<Card> {
  const accepted = files.slice(0, MAX_FILES);
  const stored = await uploadFiles(accepted, sharedBy, to.supportClient, ctx);
  const names = accepted.map(({ name, kind }) => `📎 ${name ?? kind}`).join('\n');
  const sent = await sendReply(to, [text, names].filter(Boolean).join('\n\n'), message, ctx, stored);
  const card = { ...sent, quote: names };
  const left = files.length - accepted.length;
  if (left === 0) return card;
  return { ...card, severity: 'warning', text: [card.text, ctx.locale.t(tooMany(left))].filter(Boolean).join('\n') };
}

/** What to tell the person about files of a draft. */
export type AttachmentNote = Pick<Card, 'text' | 'quote'>;

/**
 * Attaches the files of a draft to its case, each once. A file that cannot be attached gives a note, because the case exists all the same.
 * Throws RetryLaterError for what may succeed in a minute.
 */
export async function attachDraftFiles(
  { attachments = [] }: Draft,
  { account, caseId = '' }: CaseRecord,
  ctx: MessageContext,
): Promise<AttachmentNote[]> {
  if (attachments.length === 0) return [];
  const supportClient = ctx.accounts.supportClient(account);
  const supportCase = await supportClient.findCase({ caseId }).catch((error) => retryRemainingSteps(error, ATTACHING));
  if (!supportCase) throw new RetryLaterError('The case was created and is not visible yet.', ATTACHING);
  const notes: AttachmentNote[] = [];
  for (const pending of attachments) notes.push(await attach(pending, { account, supportClient, supportCase }, ctx));
  return notes;
}

/** As a retry, so that files which an earlier attempt has sent are not sent again. */
async function attach({ files, message }: PendingFiles, to: FoundCase, ctx: MessageContext): Promise<AttachmentNote> {
  try {
    const { text, quote } = await sendFiles(to, { text: '', files, message }, { ...ctx, isRetry: true });
    return { text, quote };
  } catch (error) {
    if (!isPermanent(error)) return retryRemainingSteps(error, ATTACHING);
    ctx.log.warn('attachment.attach_failed', { case: to.supportCase.displayId, reason: error.name });
    return { text: `${ctx.locale.t(NOT_ATTACHED)} ${ctx.locale.t(messageFor(error))}` };
  }
}

const tooMany = (left: number): LocalizedText => ({
  en: `AWS accepts ${MAX_FILES} files at once; ${left} more were not sent: share them again.`,
  'zh-CN': `AWS 一次最多接收 ${MAX_FILES} 个文件，其余 ${left} 个请重新发送。`,
});
const ATTACHING: LocalizedText = {
  en: 'The case was created; its files are still being attached. You need not do anything.',
  'zh-CN': '工单已提交，附件正在添加，您无需操作。',
};
const NOT_ATTACHED: LocalizedText = {
  en: 'The case was created, but a file could not be attached:',
  'zh-CN': '工单已提交，但有附件未能添加：',
};
