import type { Payload } from '../channel';
import type { Conversation, FileContent } from '../chat-app';
import { DeliveryError } from '../errors';
import type { Api } from './api';
import { refused } from './api-call';
import { clean } from './file-name';
import { isId, textInside } from './inside';
import { keyOf } from './key';
import { peek } from './peek';
import { isPicture, TELLING } from './picture';
import { tell } from './send';
import type { Transfer } from './transfer';

type File = FileContent & { size: number };

/** Pages "上传文件" and "上传图片", which count in MB; should those be of 1,000 KB, Feishu says so itself. */
const MEGABYTE = 1024 * 1024;
const MOST = 30 * MEGABYTE;
const MOST_OF_PICTURE = 10 * MEGABYTE;

/** `file_type`, by extension. Films and voices go as a stream: as what they are, they may be sent as no file (230055). */
const TYPES: Readonly<Record<string, string>> = {
  pdf: 'pdf',
  doc: 'doc',
  docx: 'doc',
  xls: 'xls',
  xlsx: 'xls',
  ppt: 'ppt',
  pptx: 'ppt',
};

/**
 * Puts a file into a chat: uploads it, which nobody sees, and then says it, which the same key does once within an hour.
 * A picture is shown as one, without its name, where Feishu would: otherwise it goes as a file. Takes the permission
 * im:resource. Throws DeliveryError, `unfit` where it is empty or over 30 MB.
 */
export async function sendFile(
  api: Api,
  transfer: Transfer,
  file: File,
  to: Conversation,
  idempotencyKey?: string,
): Promise<void> {
  if (file.size === 0) throw unfit('it takes no empty file');
  if (file.size > MOST) throw unfit('the file is over 30 MB, which is the most that a bot may send');
  const { head, bytes } = await peek(file.bytes, TELLING).catch(() => {
    throw new DeliveryError('feishu', { reason: 'the file could not be read where it comes from', retryable: true });
  });
  const upload = file.size <= MOST_OF_PICTURE && isPicture(head) ? uploadPicture : uploadFile;
  const message = await upload(transfer, { ...file, name: clean(file.name) || 'file', bytes });
  await tell(api, message, to, idempotencyKey && keyOf(idempotencyKey, to.id, 'file'));
}

async function uploadPicture(transfer: Transfer, picture: File): Promise<Payload> {
  const answer = await transfer.upload('im/v1/images', { image_type: 'message' }, 'image', picture);
  return messageOf('image', 'image_key', answer);
}

async function uploadFile(transfer: Transfer, file: File): Promise<Payload> {
  const extension = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase();
  const type = (Object.hasOwn(TYPES, extension) && TYPES[extension]) || 'stream';
  const fields = { file_type: type, file_name: file.name };
  return messageOf('file', 'file_key', await transfer.upload('im/v1/files', fields, 'file', file));
}

function messageOf(type: string, name: string, answer: unknown): Payload {
  const key = textInside(answer, 'data', name);
  if (!isId(key)) throw refused('it took the file, but did not say under which key');
  return { msg_type: type, content: JSON.stringify({ [name]: key }) };
}

function unfit(reason: string): DeliveryError {
  return new DeliveryError('feishu', { reason, retryable: false, payloadRejected: true });
}
