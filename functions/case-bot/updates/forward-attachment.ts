import { type Card, DeliveryError, type FileContent } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { caseUrl } from '../domain/case-card';
import type { CaseSubscription } from '../domain/case-subscription';
import type { BotContext } from '../domain/context';
import type { SupportClient } from '../domain/support-client';
import { SupportError } from '../domain/support-client';

/** Hands a file of AWS's on to the chat; where that cannot be, says so, with its name and size and where it lies. */
export async function forwardAttachment(
  file: { id: string; name: string },
  { conversation, displayId }: CaseSubscription,
  supportClient: SupportClient,
  ctx: BotContext,
  { idempotencyKey, isRetry }: { idempotencyKey: string; isRetry: boolean },
): Promise<void> {
  const { app, locale, region, log } = ctx;
  let size: number | undefined;
  try {
    const content = await supportClient.downloadAttachment(file.id);
    size = content.size;
    if (app.sendFile && size !== undefined) {
      // What is there already is not read again, and must not be left open.
      return await app
        .sendFile({ ...content, name: file.name, size }, conversation, idempotencyKey, isRetry)
        .finally(() => close(content));
    }
  } catch (error) {
    if (!isFinal(error, isRetry)) throw error;
    log.warn('attachment.forward_failed', { case: displayId, reason: error.message });
  }
  const value = size === undefined ? file.name : `${file.name} (${sizeOf(size)})`;
  const card: Card = {
    title: locale.t(NOTE),
    severity: 'info',
    facts: [{ label: locale.t(FILE), value }],
    links: [{ label: locale.t(CENTER), url: caseUrl(displayId, region) }],
  };
  await app.send(card, conversation, `${idempotencyKey}/note`, isRetry);
}

async function close({ bytes }: FileContent): Promise<void> {
  await bytes[Symbol.asyncIterator]().return?.();
}

/** The platform does not take this file, or AWS does not give it, twice: it must not keep what AWS has written since waiting. */
function isFinal(error: unknown, isRetry: boolean): error is Error {
  if (error instanceof DeliveryError) return !error.retryable;
  return error instanceof SupportError && (isRetry || !error.isOutcomeUnknown) && error.kind !== 'throttled';
}

const sizeOf = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

const FILE: LocalizedText = { en: 'File', 'zh-CN': '附件' };
const NOTE: LocalizedText = {
  en: 'A file of the case that this chat does not take',
  'zh-CN': '工单的这个附件无法发到这里',
};
const CENTER: LocalizedText = { en: 'Download it in Support Center', 'zh-CN': '到支持中心下载' };
