import { type Card, type ChatMessage, DeliveryError } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { sendFiles, withoutReplyUrl } from '../commands/share-files';
import type { CaseRecord } from '../domain/case-store';
import type { MessageContext } from '../domain/context';
import type { Draft, PendingFiles } from '../domain/draft';
import { messageFor, RetryLaterError, UserInputError } from '../domain/errors';
import type { FoundCase } from '../domain/find-case';
import { SupportError } from '../domain/support-client';

/** The draft with what was shared along with a message of it; once, however often that is read. The bytes stay with the platform until the case is filed. */
export function withMessageFiles(draft: Draft, message: ChatMessage): Draft {
  const { attachments = [] } = draft;
  const { id, files = [] } = message;
  if (files.length === 0 || attachments.some(({ message }) => message.id === id)) return draft;
  return { ...draft, attachments: [...attachments, { files, message: { ...withoutReplyUrl(message), text: '' } }] };
}

/** As they are shown. */
export const attachmentNames = ({ attachments = [] }: Draft): string[] =>
  attachments.flatMap(({ files }) => files.map(({ name, kind }) => name ?? kind));

/**
 * Attaches to a filed case what its draft came with; once, also when the press that files it comes again. Gives what is to be said about
 * it: what cannot be attached is no reason to say that the case was not filed. Throws Later for what may work in a minute.
 */
export async function attachDraftFiles(
  { attachments = [] }: Draft,
  { account, caseId = '' }: CaseRecord,
  ctx: MessageContext,
): Promise<Pick<Card, 'text' | 'quote'>[]> {
  if (attachments.length === 0) return [];
  const supportClient = ctx.accounts.supportClient(account);
  const supportCase = await supportClient.findCase({ caseId }).catch(goOnLater);
  if (!supportCase) throw new RetryLaterError('The case is filed, and not to be seen yet.', ATTACHING);
  const said: Pick<Card, 'text' | 'quote'>[] = [];
  for (const one of attachments) said.push(await attach(one, { account, supportClient, supportCase }, ctx));
  return said;
}

/** By the mark of the message that they came with: what is there already is not sent again. */
async function attach(
  { files, message }: PendingFiles,
  to: FoundCase,
  ctx: MessageContext,
): Promise<Pick<Card, 'text' | 'quote'>> {
  try {
    const { text, quote } = await sendFiles(to, '', files, message, { ...ctx, isRetry: true });
    return { text, quote };
  } catch (error) {
    if (!isFinal(error)) goOnLater(error);
    ctx.log.warn('attachment.attach_failed', { case: to.supportCase.displayId, reason: Object(error).name });
    return { text: `${ctx.locale.t(NOT_ATTACHED)} ${ctx.locale.t(messageFor(error))}` };
  }
}

function isFinal(error: unknown): boolean {
  if (error instanceof SupportError) return !error.isOutcomeUnknown && error.kind !== 'throttled';
  return error instanceof UserInputError || (error instanceof DeliveryError && !error.retryable);
}

function goOnLater(error: unknown): never {
  const isTheirs = error instanceof SupportError || error instanceof DeliveryError;
  throw isTheirs ? new RetryLaterError(`The case is filed, but: ${error.message}`, ATTACHING) : error;
}

const ATTACHING: LocalizedText = {
  en: 'The case is filed; its files are still being attached. You need not do anything.',
  'zh-CN': '工单已提交，附件正在添加，您无需操作。',
};
const NOT_ATTACHED: LocalizedText = {
  en: 'The case is filed, but a file could not be attached:',
  'zh-CN': '工单已提交，但有附件未能添加：',
};
