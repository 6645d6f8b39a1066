import { type Json, objectsAt, textAt } from '../json';
import { channelOf, type Office, type Result, refuse } from './office';
import { BOT } from './organisation';

/** In bytes: 1 GB. */
const LARGEST = 1024 ** 3;

/** What is known of a file: only of one that the bot can see. */
export function fileInfo(args: Json, { cabinet, outside }: Office): Result {
  const file = cabinet.find(textAt(args, 'file'));
  if (!file || outside.has(file.channel)) return refuse('file_not_found');
  return { ok: true, file: cabinet.describe(file), comments: [], response_metadata: { next_cursor: '' } };
}

/** Its page says that it takes JSON; who tried was told that there is nothing in it (Octember/earshot#10). */
export function getUploadUrl(args: Json, { cabinet }: Office): Result {
  const [name, length] = [textAt(args, 'filename'), textAt(args, 'length')];
  if (!name || !/^\d+$/.test(length)) {
    return refuse('invalid_arguments', { response_metadata: { messages: ['[ERROR] missing required field'] } });
  }
  if (Number(length) === 0) return refuse('missing_argument');
  if (Number(length) > LARGEST) return refuse('file_upload_size_restricted');
  const { id, address } = cabinet.begin(name, Number(length));
  return { ok: true, upload_url: address, file_id: id };
}

/** Shares what was uploaded, once. Slack does so a little after it has answered; here it is done by then. */
export function completeUpload(args: Json, office: Office): Result {
  const channel = channelOf({ channel: args.channel_id }, office);
  if ('error' in channel) return refuse(channel.error);
  const thread = textAt(args, 'thread_ts');
  const isThere = office.archive.sayings.some(({ ts, ...saying }) => ts === thread && saying.channel === channel.id);
  if (thread && !isThere) return refuse('thread_not_found');
  const [wanted] = objectsAt(args, 'files');
  const upload = office.cabinet.takeUpload(textAt(wanted, 'id'));
  if (!upload) return refuse('file_not_found');
  const { id, name, bytes = new Uint8Array() } = upload;
  const title = textAt(wanted, 'title') || name;
  const shared = { name, title, mimetype: mimetypeOf(name), user: BOT, bytes, channel: channel.id };
  const file = office.cabinet.keep(shared, id);
  const payload = { text: '', files: [office.cabinet.describe(file)] };
  office.told(office.archive.keep({ channel: channel.id, by: 'bot', payload, ...(thread && { thread }) }));
  return { ok: true, files: [{ id, title }] };
}

const TYPES: Readonly<Record<string, string>> = { png: 'image/png', txt: 'text/plain', log: 'text/plain' };

function mimetypeOf(name: string): string {
  return TYPES[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream';
}
