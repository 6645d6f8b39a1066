import type { Conversation, FileContent } from '../chat-app';
import { DeliveryError } from '../errors';
import type { SlackApi } from './api';
import { at, type Json, objectsAt, textAt } from './json';
import { lately } from './look-back';
import { PLATFORM } from './message';
import type { Transfer } from './transfer';

type Sized = FileContent & { size: number };

/** In bytes: "Add files to Slack" of its help pages. */
const LARGEST = 1024 ** 3;
const EMPTY = { reason: 'it takes no empty files', retryable: false, payloadRejected: true } as const;
const TOO_LARGE = { reason: 'it takes no files over 1 GB', retryable: false, payloadRejected: true } as const;
const SILENT = { reason: 'it did not say where to upload to', retryable: true } as const;

/**
 * Puts a file into a conversation: "Working with files" of docs.slack.dev, for which the app needs the scopes files:write and
 * files:read. There is no place for a key on it, so `again` looks for a file of ours with this name and this size. Slack may show
 * a file a little after it has said yes: who looks at once may not see it. Throws DeliveryError.
 * @param now ms since 1970
 */
export async function sendFile(
  api: SlackApi,
  transfer: Transfer,
  file: Sized,
  to: Conversation,
  now: number,
  isRetry = false,
): Promise<void> {
  // Its page has a `missing_argument` for a length of 0.
  if (file.size === 0) throw new DeliveryError(PLATFORM, EMPTY);
  if (file.size > LARGEST) throw new DeliveryError(PLATFORM, TOO_LARGE);
  if (isRetry && (await isThere(api, file, to, now))) return;
  // As a form: senders report that it does not see what is in JSON (Octember/earshot#10).
  const ticket = await api.fill('files.getUploadURLExternal', { filename: file.name, length: String(file.size) });
  const [address, id] = [textAt(ticket, 'upload_url'), textAt(ticket, 'file_id')];
  if (!address || !id) throw new DeliveryError(PLATFORM, SILENT);
  await transfer.upload(address, file);
  await api.write('files.completeUploadExternal', {
    files: [{ id, title: file.name }],
    channel_id: to.id,
    ...(to.thread && { thread_ts: to.thread }),
  });
}

async function isThere(api: SlackApi, file: Sized, to: Conversation, now: number): Promise<boolean> {
  const bot = await api.write('auth.test', {});
  const ours = [textAt(bot, 'user_id'), textAt(bot, 'bot_id')].filter(Boolean);
  const isIt = (each: Json) => textAt(each, 'title') === file.name && at(each, 'size') === file.size;
  for await (const message of lately(api, to, now)) {
    const isOurs = ours.includes(textAt(message, 'user')) || ours.includes(textAt(message, 'bot_id'));
    if (isOurs && objectsAt(message, 'files').some(isIt)) return true;
  }
  return false;
}
