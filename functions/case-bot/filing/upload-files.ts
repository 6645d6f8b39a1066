import { type ChatMessage, DeliveryError, type FileContent, type SharedFile } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { MessageContext } from '../domain/context';
import { RetryLaterError, UserInputError } from '../domain/errors';
import type { StoredFile, SupportClient } from '../domain/support-client';
import { sanitize } from '../domain/text';

/** Of a whole upload (GetAttachmentUploadLinks): 150 MB. */
const LARGEST = 157_286_400;
/** Of a file whose size the platform does not say: as much as is held at once. */
const LARGEST_UNKNOWN = 5 * 2 ** 20;
/** Of an attachment set (AddAttachmentsToSet). */
export const MAX_FILES = 3;

/**
 * Brings what was shared in a message to AWS, one after the other; each once, also when the message comes again. Small ones go into one
 * set, which is written down when it is whole: who died may have added one that nobody knows of, so the next begins another set, and the
 * old one, which nothing names, is gone within the hour.
 */
export async function uploadFiles(
  files: readonly SharedFile[],
  message: ChatMessage,
  supportClient: SupportClient,
  ctx: MessageContext,
): Promise<StoredFile[]> {
  const key = `${ctx.bot.name}/${message.id}/files`;
  const stored = (await ctx.store.getNote<Stored>(key)) ?? {};
  let set: string | undefined;
  for (const [index, file] of files.entries()) {
    if (stored[index]) continue;
    const one = await supportClient.uploadAttachment(await fetch(file, message, ctx), set);
    stored[index] = one;
    if ('setId' in one) set = one.setId;
    else await ctx.store.saveNote(key, uploadsOf(stored));
  }
  if (set) await ctx.store.saveNote(key, stored);
  for (const one of Object.values(stored))
    if (!(await supportClient.isAttachmentReady(one)))
      throw new RetryLaterError('AWS is still looking through a file.', LOOKING);
  return Object.values(stored);
}

/** By their place among the files. */
type Stored = Record<number, StoredFile>;

const uploadsOf = (stored: Stored): Stored =>
  Object.fromEntries(Object.entries(stored).filter(([, one]) => 'uploadId' in one));

async function fetch(
  file: SharedFile,
  message: ChatMessage,
  { app, locale, log }: MessageContext,
): Promise<FileContent & { size: number }> {
  if (!app.fetchFile) throw new UserInputError(NO_FILES);
  const content = await app.fetchFile(file, message).catch((error) => gone(error, log));
  const name = content.name || file.name || locale.t(NAMELESS[file.kind]);
  if (content.size === undefined) return { name, ...(await whole(content)) };
  if (content.size > LARGEST) throw new UserInputError(tooLarge(name));
  if (content.size === 0) throw new UserInputError(empty(name));
  return { ...content, name, size: content.size };
}

function gone(error: unknown, log: MessageContext['log']): never {
  if (!(error instanceof DeliveryError) || error.retryable) throw error;
  log.warn('attachment.fetch_failed', { reason: error.message });
  throw new UserInputError(GONE);
}

async function whole({ name, bytes }: FileContent): Promise<Omit<FileContent & { size: number }, 'name'>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > LARGEST_UNKNOWN) throw new UserInputError(tooLarge(name));
    chunks.push(chunk);
  }
  if (size === 0) throw new UserInputError(empty(name));
  return { size, bytes: only(chunks) };
}

async function* only(chunks: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* chunks;
}

const NAMELESS: Readonly<Record<SharedFile['kind'], LocalizedText>> = {
  image: { en: 'picture.png', 'zh-CN': '图片.png' },
  file: { en: 'file', 'zh-CN': '文件' },
};
const NO_FILES: LocalizedText = {
  en: 'Files cannot be passed on from here: attach them in Support Center.',
  'zh-CN': '这里无法转发文件，请在支持中心添加附件。',
};
const GONE: LocalizedText = {
  en: 'The chat does not give this file out (any more): share it again. If that does not help, an administrator finds the reason in the log.',
  'zh-CN': '聊天平台无法提供该文件（可能已过期），请重新发送；若仍不行，请管理员查看日志。',
};
const tooLarge = (name: string): LocalizedText => ({
  en: `"${sanitize(name)}" is too large: AWS takes files of up to 150 MB. Compress it, or write where it can be downloaded.`,
  'zh-CN': `“${sanitize(name)}”太大：AWS 接受的文件最大 150 MB。请压缩，或在回复中附上下载链接。`,
});
const empty = (name: string): LocalizedText => ({
  en: `"${sanitize(name)}" is empty: AWS takes no empty files.`,
  'zh-CN': `“${sanitize(name)}”是空文件，AWS 不接受空文件。`,
});
const LOOKING: LocalizedText = {
  en: 'The file is with AWS, which is looking through it. I will attach it when that is done; you need not do anything.',
  'zh-CN': '文件已上传，AWS 正在检查，完成后会自动添加到工单，您无需操作。',
};
