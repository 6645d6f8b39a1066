import { type Json, objectsAt, textAt } from '../json';
import { channelOf, type Result, reject } from './api-messages';
import { postAsBot, type SlackContext } from './event-sender';
import { BOT } from './organization';

/** 1 GB. */
const MAX_FILE_BYTES = 1024 ** 3;

/** Only of a file that the bot can see. */
export function fileInfo(args: Json, { state: { files, withoutBot } }: SlackContext): Result {
  const file = files.find(textAt(args, 'file'));
  if (!file || withoutBot.has(file.channel)) return reject('file_not_found');
  return { ok: true, file: files.describe(file), comments: [], response_metadata: { next_cursor: '' } };
}

/** Its page says that it takes JSON; in practice it ignores JSON (Octember/earshot#10). */
export function getUploadUrl(args: Json, { state: { files } }: SlackContext): Result {
  const [name, length] = [textAt(args, 'filename'), textAt(args, 'length')];
  if (!name || !/^\d+$/.test(length)) {
    return reject('invalid_arguments', { response_metadata: { messages: ['[ERROR] missing required field'] } });
  }
  if (Number(length) === 0) return reject('missing_argument');
  if (Number(length) > MAX_FILE_BYTES) return reject('file_upload_size_restricted');
  const { id, url } = files.startUpload(name, Number(length));
  return { ok: true, upload_url: url, file_id: id };
}

/** Shares an upload, once. The real one does so shortly after its response; here it is done before. */
export function completeUpload(args: Json, context: SlackContext): Result {
  const { state } = context;
  const channel = channelOf({ channel: args.channel_id }, state);
  if ('error' in channel) return reject(channel.error);
  const thread = textAt(args, 'thread_ts');
  const isThere = state.messages.some((message) => message.ts === thread && message.channel === channel.id);
  if (thread && !isThere) return reject('thread_not_found');
  const [wanted] = objectsAt(args, 'files');
  const upload = state.files.takeUpload(textAt(wanted, 'id'));
  if (!upload) return reject('file_not_found');
  const { id, name, bytes = new Uint8Array() } = upload;
  const title = textAt(wanted, 'title') || name;
  const shared = { name, title, mimetype: mimetypeOf(name), user: BOT, bytes, channel: channel.id };
  const payload = { text: '', files: [state.files.describe(state.files.add(shared, id))] };
  postAsBot(context, { channel: channel.id, payload, ...(thread && { thread }) });
  return { ok: true, files: [{ id, title }] };
}

const TYPES: Readonly<Record<string, string>> = { png: 'image/png', txt: 'text/plain', log: 'text/plain' };

function mimetypeOf(name: string): string {
  return TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
}
