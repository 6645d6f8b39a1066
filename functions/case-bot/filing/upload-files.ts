import type { ChatMessage, FileContent, SharedFile } from '@casebell/im/bots';
import type { LocalizedText } from '../../shared/locale';
import type { MessageContext } from '../domain/context';
import { isPermanentRejection, RetryLaterError, UserInputError } from '../domain/errors';
import type { StoredFile, SupportClient } from '../domain/support-client';
import { sanitize } from '../domain/text';

/** 150 MB, the maximum of one upload (GetAttachmentUploadLinks). */
const MAX_BYTES = 157_286_400;
/** A file of unknown size is held in memory. */
const MAX_BYTES_IN_MEMORY = 5 * 2 ** 20;
/** The maximum of an attachment set (AddAttachmentsToSet). */
export const MAX_FILES = 3;

/** By position in the message. */
type Uploaded = Record<number, StoredFile>;

type SizedFile = FileContent & { size: number };

/**
 * Uploads the files of a message to AWS, each once, also when the message is processed again. Small files share an attachment set, which
 * is saved when it is complete: after a crash, the next attempt starts another set, and AWS deletes the unused one within the hour.
 */
export async function uploadFiles(
  files: readonly SharedFile[],
  message: ChatMessage,
  supportClient: SupportClient,
  ctx: MessageContext,
): Promise<StoredFile[]> {
  const key = `${ctx.bot.name}/${message.id}/files`;
  const uploaded = (await ctx.store.getNote<Uploaded>(key)) ?? {};
  let setId: string | undefined;
  for (const [index, file] of files.entries()) {
    if (uploaded[index]) continue;
    const stored = await supportClient.uploadAttachment(await fetchFile(file, message, ctx), setId);
    uploaded[index] = stored;
    if ('setId' in stored) setId = stored.setId;
    else await ctx.store.saveNote(key, withoutSets(uploaded));
  }
  if (setId) await ctx.store.saveNote(key, uploaded);
  for (const stored of Object.values(uploaded))
    if (!(await supportClient.isAttachmentReady(stored)))
      throw new RetryLaterError('AWS is still scanning a file.', SCANNING);
  return Object.values(uploaded);
}

const withoutSets = (uploaded: Uploaded): Uploaded =>
  Object.fromEntries(Object.entries(uploaded).filter(([, stored]) => 'uploadId' in stored));

async function fetchFile(file: SharedFile, message: ChatMessage, ctx: MessageContext): Promise<SizedFile> {
  const { app, locale } = ctx;
  if (!app.fetchFile) throw new UserInputError(NO_FILES);
  const content = await app.fetchFile(file, message).catch((error) => onFetchError(error, ctx));
  const name = content.name || file.name || locale.t(DEFAULT_NAMES[file.kind]);
  if (content.size === undefined) return readIntoMemory({ ...content, name });
  if (content.size > MAX_BYTES) throw new UserInputError(tooLarge(name));
  if (content.size === 0) throw new UserInputError(empty(name));
  return { ...content, name, size: content.size };
}

function onFetchError(error: unknown, { log }: MessageContext): never {
  if (!isPermanentRejection(error)) throw error;
  log.warn('attachment.fetch_failed', { reason: error.message });
  throw new UserInputError(NOT_AVAILABLE);
}

/** AWS needs the size before the first byte. */
async function readIntoMemory({ name, bytes }: FileContent): Promise<SizedFile> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > MAX_BYTES_IN_MEMORY) throw new UserInputError(tooLarge(name));
    chunks.push(chunk);
  }
  if (size === 0) throw new UserInputError(empty(name));
  return { name, size, bytes: replay(chunks) };
}

async function* replay(chunks: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* chunks;
}

const DEFAULT_NAMES: Readonly<Record<SharedFile['kind'], LocalizedText>> = {
  image: { en: 'picture.png', 'zh-CN': '图片.png' },
  file: { en: 'file', 'zh-CN': '文件' },
};
const NO_FILES: LocalizedText = {
  en: 'Files cannot be forwarded from this chat: attach them in Support Center.',
  'zh-CN': '这里无法转发文件，请在支持中心添加附件。',
};
const NOT_AVAILABLE: LocalizedText = {
  en: 'The chat platform does not provide this file (it may have expired): share it again. If that fails too, an administrator finds the reason in the log.',
  'zh-CN': '聊天平台无法提供该文件（可能已过期），请重新发送；若仍不行，请管理员查看日志。',
};
const tooLarge = (name: string): LocalizedText => ({
  en: `"${sanitize(name)}" is too large: AWS accepts files of up to 150 MB. Compress it, or share a link to it in your reply.`,
  'zh-CN': `“${sanitize(name)}”太大：AWS 接受的文件最大 150 MB。请压缩，或在回复中附上下载链接。`,
});
const empty = (name: string): LocalizedText => ({
  en: `"${sanitize(name)}" is empty: AWS accepts no empty files.`,
  'zh-CN': `“${sanitize(name)}”是空文件，AWS 不接受空文件。`,
});
const SCANNING: LocalizedText = {
  en: 'The file is uploaded, and AWS is scanning it. I will attach it when that is done; you need not do anything.',
  'zh-CN': '文件已上传，AWS 正在检查，完成后会自动添加到工单，您无需操作。',
};
