import type { Conversation, FileContent } from '../chat-app';
import { DeliveryError } from '../errors';
import { extensionOf } from './file-name';
import type { Means } from './send';
import { addressOf, sendOpen } from './send-open';
import type { Template } from './template';
import { upload } from './upload';

/** "upload-media-files" has 20 MB for either, and does not say whether of 1,000 or of 1,024 kB. */
const MOST_BYTES = 20 * 1024 * 1024;
/** The page takes jpg, gif, png and bmp. */
const PICTURES: Readonly<Record<string, string>> = { jpg: 'jpg', jpeg: 'jpg', gif: 'gif', png: 'png', bmp: 'bmp' };
/** Uploads may be xls, ppt and pptx, too; but "robot-message-type" has only these for what a robot sends. */
const FILES = ['xlsx', 'pdf', 'zip', 'rar', 'doc', 'docx'];

/**
 * Puts a file into the conversation: a picture as a picture, the others as a file that can be opened. A session takes
 * neither ("robot-message-type": not by webhook), so they go by the OpenAPI. Throws DeliveryError, `unfit` for a file that
 * it does not take. There is no key for a message, and nobody to ask whether it was shown: an answer that is lost on the
 * way means that the file may come twice.
 */
export async function sendFile(file: FileContent & { size: number }, to: Conversation, { bot, api, runtime }: Means) {
  const extension = extensionOf(file.name);
  const reason = unfitness(file.size, extension);
  if (reason) throw new DeliveryError('dingtalk', { reason, code: 'file', retryable: false, payloadRejected: true });
  const address = addressOf(to);
  const picture = PICTURES[extension];
  // A picture's name is shown nowhere.
  const message = picture
    ? template('sampleImageMsg', {
        photoURL: await upload({ ...file, name: `picture.${picture}` }, 'image', api, runtime),
      })
    : template('sampleFile', {
        mediaId: await upload(file, 'file', api, runtime),
        fileName: file.name,
        fileType: extension,
      });
  await sendOpen(message, address, bot, api);
}

/** Why DingTalk does not take it; undefined when it does. */
function unfitness(size: number, extension: string): string | undefined {
  if (size === 0) return 'the file is empty, and DingTalk takes no empty files';
  if (size > MOST_BYTES) return 'the file is over 20 MB, which is the most that DingTalk takes from a robot';
  if (Object.hasOwn(PICTURES, extension) || FILES.includes(extension)) return undefined;
  const kinds = [...FILES, ...Object.keys(PICTURES)].join(', ');
  return `of a robot DingTalk takes only ${kinds}, and no other kind of file`;
}

function template(msgKey: string, param: Readonly<Record<string, string>>): Template {
  return { msgKey, msgParam: JSON.stringify(param) };
}
