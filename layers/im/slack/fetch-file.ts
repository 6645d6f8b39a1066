import type { FileContent, SharedFile } from '../chat-app';
import { DeliveryError } from '../errors';
import type { SlackApi } from './api';
import { withExtension } from './file-name';
import { at, textAt } from './json';
import { PLATFORM } from './message';
import { LOCKED, type Transfer } from './transfer';

/**
 * The bytes of something that was shared: "files.info" of docs.slack.dev says where they are, for which the app needs the scope
 * files:read; what a message tells of a file is not enough in channels shared with others. Throws DeliveryError, whose reason
 * says what to do.
 */
export async function fetchFile(api: SlackApi, transfer: Transfer, shared: SharedFile): Promise<FileContent> {
  const file = at(await api.read('files.info', { file: shared.key }), 'file');
  const rejection = whyNot(file);
  if (rejection) throw new DeliveryError(PLATFORM, { reason: rejection, retryable: false });
  const address = textAt(file, 'url_private_download') || textAt(file, 'url_private');
  const { headers, bytes, drop } = await transfer.download(address);
  const [type, length] = [headers['content-type'] ?? '', numberOf(headers['content-length'])];
  if (isPage(type, length, file)) {
    drop();
    throw new DeliveryError(PLATFORM, LOCKED);
  }
  const size = length ?? numberOf(at(file, 'size'));
  const name = textAt(file, 'name') || shared.name || shared.key;
  return { name: withExtension(name, textAt(file, 'mimetype') || type), bytes, ...(size !== undefined && { size }) };
}

const UNKEPT = 'the file is kept outside of Slack; download it there and share the file itself';
const NO_FILE =
  'it is a document of Slack itself, of which apps are given no file; download it as a PDF and share that';

/** "mode" of a file; the page on files names hosted, external, snippet and post, the others were seen. */
const MODES: Readonly<Record<string, string>> = {
  canvas: NO_FILE,
  docs: NO_FILE,
  external: UNKEPT,
  hidden_by_limit: 'the workspace has used up what its plan allows, so Slack hides the file; share it again',
  list: NO_FILE,
  post: NO_FILE,
  quip: NO_FILE,
  space: NO_FILE,
  tombstone: 'the file was deleted; share it again',
};
const CLOSED = 'the organisation that the file is of does not let the bot have it; share a copy of it';

function whyNot(file: unknown): string | undefined {
  if (at(file, 'is_external') === true) return UNKEPT;
  if (textAt(file, 'file_access') === 'access_denied') return CLOSED;
  const mode = textAt(file, 'mode');
  return Object.hasOwn(MODES, mode) ? MODES[mode] : undefined;
}

/** Slack answers with its login page where a token is not let in, with HTTP 200. A page that was shared has its own length. */
function isPage(type: string, length: number | undefined, file: unknown): boolean {
  if (!/^text\/html\b/i.test(type)) return false;
  const isShared = textAt(file, 'mimetype') === 'text/html';
  return !isShared || (length !== undefined && length !== numberOf(at(file, 'size')));
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}
