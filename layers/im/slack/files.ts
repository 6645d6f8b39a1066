import type { IncomingMessage } from 'node:http';
import { type StreamRequest, type StreamResponse, streamRequest } from '../api-client';
import type { Rejection, Runtime } from '../channel';
import type { Conversation, FileContent, Secrets, SharedFile, SizedFile } from '../chat-app';
import { DeliveryError, type ErrorTable, rejectionForStatus } from '../errors';
import { withExtension } from '../file-name';
import { isOnHosts } from '../http';
import { type JsonRecord, objectsAt, textAt, valueAt } from '../json';
import { authorization } from './api';
import { PLATFORM, slackError, withRetryAfter } from './errors';
import { recentMessages, type SendContext } from './send';

export const FILE_HOST = 'files.slack.com';
/** Undocumented, but people report that downloads were redirected there (openclaw/openclaw#63588). */
export const FILE_EDGE_HOSTS = '*.slack-edge.com';
const MAX_REDIRECTS = 3;
/** "Add files to Slack" of its help pages. */
const MAX_FILE_BYTES = 1024 ** 3;

/** Slack redirects a request without a valid token or scope to its login page. */
const NO_ACCESS = {
  reason:
    'it does not give the file to the bot; add the scope files:read under OAuth & Permissions, install the app again, and share the file where the bot is',
  code: 'files:read',
  retryable: false,
};
const THROTTLED = { reason: 'too many calls', retryable: true, throttled: true } as const;
const DELETED = { reason: 'the file is not there any more; share it again' };
const DOWNLOAD_ERRORS: ErrorTable = { 401: NO_ACCESS, 403: NO_ACCESS, 404: DELETED, 410: DELETED, 429: THROTTLED };

/** A retry gets another address. */
const EXPIRED = { reason: 'the address to upload to has expired', code: 'expired', retryable: true };
const UPLOAD_ERRORS: ErrorTable = {
  400: { reason: 'it did not take the bytes of the file', retryable: true },
  403: EXPIRED,
  404: EXPIRED,
  410: EXPIRED,
  413: { reason: 'the file is too large for it', payloadRejected: true },
  429: THROTTLED,
};

const EXTERNAL = 'the file is kept outside of Slack; download it there and share the file itself';
const DOCUMENT = 'it is a document of Slack itself, which apps cannot download; download it as a PDF and share that';
/** "mode" of a file; the page on files names hosted, external, snippet and post, the others were seen. */
const UNAVAILABLE_MODES: ReadonlyMap<string, string> = new Map([
  ['canvas', DOCUMENT],
  ['docs', DOCUMENT],
  ['external', EXTERNAL],
  ['hidden_by_limit', 'the workspace has used up what its plan allows, so Slack hides the file; share it again'],
  ['list', DOCUMENT],
  ['post', DOCUMENT],
  ['quip', DOCUMENT],
  ['space', DOCUMENT],
  ['tombstone', 'the file was deleted; share it again'],
]);

/** Streams bytes from and to Slack. Both throw DeliveryError. */
export interface FileTransfer {
  /** The response at the address of a file; its bytes throw DeliveryError where the connection breaks. */
  download(
    address: string,
  ): Promise<Pick<StreamResponse, 'headers'> & { bytes: AsyncIterable<Uint8Array>; drop(): void }>;
  /** Posts the bytes to the address that Slack issued for them. */
  upload(address: string, file: SizedFile): Promise<void>;
}

/** The token goes to Slack's own host and nowhere else: an upload's address needs none. */
export function createFileTransfer({ botToken = '' }: Secrets, runtime: Runtime): FileTransfer {
  const request = async (url: URL, options: Pick<StreamRequest, 'method' | 'headers' | 'body'>, table: ErrorTable) => {
    const idleTimeoutMs = runtime.idleTimeoutMs ?? runtime.timeoutMs;
    const response = await streamRequest({ ...options, url: runtime.resolveEndpoint(url), idleTimeoutMs });
    if ('reason' in response) throw transferError(response);
    // The connection may break before the bytes are read; reading them then throws all the same.
    response.bytes.on('error', () => undefined);
    const rejection = isRedirect(response)
      ? undefined
      : rejectionForStatus({ ...response, body: '', headers: {} }, table);
    if (!rejection) return response;
    response.bytes.destroy();
    throw transferError(withRetryAfter(rejection, response.headers));
  };
  const follow = async (url: URL, redirects: number): Promise<StreamResponse> => {
    const headers = url.host === FILE_HOST ? authorization(botToken) : {};
    const response = await request(url, { method: 'GET', headers }, DOWNLOAD_ERRORS);
    if (!isRedirect(response)) return response;
    response.bytes.destroy();
    const next = parseUrl(response.headers.location || undefined, url);
    if (!next || redirects === MAX_REDIRECTS || !isOnHosts(next, [FILE_HOST, FILE_EDGE_HOSTS]))
      throw transferError(NO_ACCESS);
    return follow(next, redirects + 1);
  };
  return {
    async download(address) {
      const { headers, bytes } = await follow(fileUrl(address), 0);
      return { headers, bytes: readWhole(bytes), drop: () => bytes.destroy() };
    },
    async upload(address, { bytes, size }) {
      const headers = { 'content-type': 'application/octet-stream' };
      const body = { bytes, length: size };
      const response = await request(fileUrl(address), { method: 'POST', headers, body }, UPLOAD_ERRORS);
      response.bytes.destroy();
      if (isRedirect(response)) throw transferError(EXPIRED);
    },
  };
}

/** A file is not shown before its upload is completed, so the outcome is never unknown. */
function transferError({ outcomeUnknown: _, ...rejection }: Rejection): DeliveryError {
  return new DeliveryError(PLATFORM, rejection);
}

function isRedirect({ status }: StreamResponse): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function parseUrl(address: string | undefined, base?: URL): URL | undefined {
  return address !== undefined && URL.canParse(address, base?.href) ? new URL(address, base) : undefined;
}

function fileUrl(address: string): URL {
  const url = parseUrl(address);
  if (url && isOnHosts(url, [FILE_HOST])) return url;
  throw slackError('the address of the file is not one of Slack; share the file itself');
}

async function* readWhole(bytes: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch {
    throw slackError('the connection broke off in the middle of the file', { code: 'ECONNRESET', retryable: true });
  }
}

/**
 * Fetches what was shared: "files.info" of docs.slack.dev has its address and needs the scope files:read; the message does not
 * have enough in channels shared with others. Throws DeliveryError, whose reason says what to do.
 */
export async function fetchFile(
  { api }: SendContext,
  transfer: FileTransfer,
  shared: SharedFile,
): Promise<FileContent> {
  const file = valueAt(await api.get('files.info', { file: shared.key }), 'file');
  const reason = whyUnavailable(file);
  if (reason) throw slackError(reason);
  const address = textAt(file, 'url_private_download') || textAt(file, 'url_private');
  const { headers, bytes, drop } = await transfer.download(address);
  const [type, length] = [headers['content-type'] ?? '', toSize(headers['content-length'])];
  if (isLoginPage(type, length, file)) {
    drop();
    throw transferError(NO_ACCESS);
  }
  const size = length ?? toSize(valueAt(file, 'size'));
  const name = textAt(file, 'name') || shared.name || shared.key;
  return { name: withExtension(name, textAt(file, 'mimetype') || type), bytes, ...(size !== undefined && { size }) };
}

function whyUnavailable(file: unknown): string | undefined {
  if (valueAt(file, 'is_external') === true) return EXTERNAL;
  if (textAt(file, 'file_access') !== 'access_denied') return UNAVAILABLE_MODES.get(textAt(file, 'mode'));
  return 'the organisation that owns the file does not give it to the bot; share a copy of it';
}

/** Slack answers with its login page, and HTTP 200, where a token is not accepted. A page that was shared has its own length. */
function isLoginPage(type: string, length: number | undefined, file: unknown): boolean {
  if (!/^text\/html\b/i.test(type)) return false;
  const isShared = textAt(file, 'mimetype') === 'text/html';
  return !isShared || (length !== undefined && length !== toSize(valueAt(file, 'size')));
}

function toSize(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
}

/**
 * Posts a file: "Working with files" of docs.slack.dev, which needs the scopes files:write and files:read. A file takes no key,
 * so a retry looks for a file of ours with this name and size. Slack may show a file a little after it has accepted it, so an
 * immediate retry may not see it. Throws DeliveryError.
 */
export async function sendFile(
  context: SendContext,
  transfer: FileTransfer,
  file: SizedFile,
  { to, isRetry = false }: { to: Conversation; isRetry?: boolean },
): Promise<void> {
  // Its page has a `missing_argument` for a length of 0.
  if (file.size === 0) throw slackError('it takes no empty files', { payloadRejected: true });
  if (file.size > MAX_FILE_BYTES) throw slackError('it takes no files over 1 GB', { payloadRejected: true });
  if (isRetry && (await isAlreadyThere(context, file, to))) return;
  const { api } = context;
  // As a form: people report that it ignores JSON (Octember/earshot#10).
  const ticket = await api.postForm('files.getUploadURLExternal', { filename: file.name, length: String(file.size) });
  const [address, id] = [textAt(ticket, 'upload_url'), textAt(ticket, 'file_id')];
  if (!address || !id) throw slackError('it did not say where to upload to', { retryable: true });
  await transfer.upload(address, file);
  const files = [{ id, title: file.name }];
  const thread = to.thread && { thread_ts: to.thread };
  await api.post('files.completeUploadExternal', { files, channel_id: to.id, ...thread });
}

async function isAlreadyThere(context: SendContext, { name, size }: SizedFile, to: Conversation): Promise<boolean> {
  const bot = await context.api.post('auth.test', {});
  const ours = [textAt(bot, 'user_id'), textAt(bot, 'bot_id')].filter(Boolean);
  const isSame = (each: JsonRecord) => textAt(each, 'title') === name && valueAt(each, 'size') === size;
  for await (const message of recentMessages(context, to)) {
    const isOurs = ours.includes(textAt(message, 'user')) || ours.includes(textAt(message, 'bot_id'));
    if (isOurs && objectsAt(message, 'files').some(isSame)) return true;
  }
  return false;
}
