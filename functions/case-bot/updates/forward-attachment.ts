import type { Card, FileContent } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import { caseUrl } from '../domain/case-card';
import type { CaseSubscription } from '../domain/case-subscription';
import type { BotContext } from '../domain/context';
import { isPermanent } from '../domain/errors';
import type { FoundCase } from '../domain/find-case';
import { SupportError } from '../domain/support-client';

interface ForwardTarget {
  found: FoundCase;
  subscription: CaseSubscription;
  idempotencyKey: string;
  isRetry: boolean;
}

/** Forwards a file of AWS to the chat. Where that is impossible, a card shows the file's name and size and links to Support Center. */
export async function forwardAttachment(
  file: { id: string; name: string },
  { found, subscription, idempotencyKey, isRetry }: ForwardTarget,
  { app, locale, region, log }: BotContext,
): Promise<void> {
  const { conversation, displayId } = subscription;
  let size: number | undefined;
  try {
    const content = await found.supportClient.downloadAttachment(file.id);
    size = content.size;
    if (app.sendFile && size !== undefined) {
      // A file that the chat has already is not read, so its download must be closed.
      return await app
        .sendFile({ ...content, name: file.name, size }, conversation, idempotencyKey, isRetry)
        .finally(() => close(content));
    }
  } catch (error) {
    if (!isFinal(error, isRetry)) throw error;
    log.warn('attachment.forward_failed', { case: displayId, reason: error.message });
  }
  const value = size === undefined ? file.name : `${file.name} (${formatSize(size)})`;
  const card: Card = {
    title: locale.t(NOT_FORWARDED),
    severity: 'info',
    facts: [{ label: locale.t(FILE), value }],
    links: [{ label: locale.t(DOWNLOAD), url: caseUrl(displayId, region) }],
  };
  await app.send(card, conversation, `${idempotencyKey}/note`, isRetry);
}

async function close({ bytes }: FileContent): Promise<void> {
  await bytes[Symbol.asyncIterator]().return?.();
}

/** A file that AWS fails to provide twice must not block later replies. */
const isFinal = (error: unknown, isRetry: boolean): error is Error =>
  isPermanent(error) || (isRetry && error instanceof SupportError && error.kind !== 'throttled');

const formatSize = (bytes: number): string =>
  bytes < 1_048_576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`;

const FILE: LocalizedText = { en: 'File', 'zh-CN': '附件' };
const NOT_FORWARDED: LocalizedText = {
  en: 'A file of the case that cannot be sent to this chat',
  'zh-CN': '工单的这个附件无法发到这里',
};
const DOWNLOAD: LocalizedText = { en: 'Download it in Support Center', 'zh-CN': '到支持中心下载' };
