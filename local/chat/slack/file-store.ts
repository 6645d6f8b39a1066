import type { Json } from '../json';
import type { ApiRequest, ApiResponse } from '../workspace';
import { SECRETS, TEAM, TEAM_DOMAIN } from './organization';

/** On the free plan, files are hidden after 90 days ("Usage limits for free workspaces" of Slack's help pages). */
const VISIBLE_MS = 90 * 24 * 60 * 60 * 1000;

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  /** The user id of the person who shared it. */
  readonly user: string;
  readonly bytes: Uint8Array;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The channel that it was shared in. */
  readonly channel: string;
}

/** An upload before it is completed. */
interface Upload {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  bytes?: Uint8Array;
}

export interface FileStore {
  add(file: Omit<StoredFile, 'id' | 'at'>, id?: string): StoredFile;
  find(id: string): StoredFile | undefined;
  /** Starts an upload; its secret URL authorizes it. */
  startUpload(name: string, length: number): { id: string; url: string };
  uploadAt(path: string): Upload | undefined;
  /** The finished upload with this id; once. */
  takeUpload(id: string): Upload | undefined;
  /** The file as in API responses and messages. */
  describe(file: StoredFile): Json;
}

export function createFileStore(now: () => number): FileStore {
  const files = new Map<string, StoredFile>();
  const uploads = new Map<string, Upload>();
  let count = 0;
  const nextId = () => `F${String(++count).padStart(9, '0')}`;
  return {
    add(file, id = nextId()) {
      const stored = { ...file, id, at: now() };
      files.set(id, stored);
      return stored;
    },
    find: (id) => files.get(id),
    startUpload(name, length) {
      const id = nextId();
      const path = `/upload/v1/${id}${'X'.repeat(40)}`;
      uploads.set(path, { id, name, length });
      return { id, url: `https://files.slack.com${path}` };
    },
    uploadAt: (path) => uploads.get(path),
    takeUpload(id) {
      const [path, upload] = [...uploads].find(([, each]) => each.id === id && each.bytes) ?? [];
      if (path) uploads.delete(path);
      return upload;
    },
    describe: (file) => (now() - file.at > VISIBLE_MS ? { id: file.id, mode: 'hidden_by_limit' } : describe(file)),
  };
}

function describe({ id, name, title, mimetype, user, bytes, at }: StoredFile): Json {
  const url = `https://files.slack.com/files-pri/${TEAM}-${id}`;
  const path = encodeURIComponent(name);
  return {
    ...{ id, created: Math.floor(at / 1000), name, title, mimetype, user, size: bytes.length },
    ...{ mode: 'hosted', is_external: false },
    url_private: `${url}/${path}`,
    url_private_download: `${url}/download/${path}`,
  };
}

/** The response of `files.slack.com`: bytes for the bot's token, uploads for a secret URL. */
export function respondFilesHost(
  request: ApiRequest,
  { files, withoutBot }: { files: FileStore; withoutBot: ReadonlySet<string> },
): ApiResponse {
  return request.url.pathname.startsWith('/upload/') ? upload(request, files) : download(request, files, withoutBot);
}

const FILE_PATH = /^\/files-pri\/\w+-(F\w+)\/(?:download\/)?[^/]+$/;

/** Without access there is a redirect to the login page: slackapi/deno-slack-sdk#285. */
function download({ url, headers }: ApiRequest, files: FileStore, withoutBot: ReadonlySet<string>): ApiResponse {
  const [, id = ''] = FILE_PATH.exec(url.pathname) ?? [];
  const file = files.find(id);
  const hasAccess = headers.authorization === `Bearer ${SECRETS.botToken}` && !withoutBot.has(file?.channel ?? '');
  if (!hasAccess) {
    const location = `https://${TEAM_DOMAIN}.slack.com/?redir=${encodeURIComponent(url.pathname)}`;
    return { status: 302, body: `<a href="${location}">Found</a>.`, headers: { location } };
  }
  if (!file) return { status: 404, body: '<!DOCTYPE html><title>Not found</title>' };
  const { mimetype, bytes } = file;
  return { status: 200, body: bytes, headers: { 'content-type': mimetype, 'content-length': String(bytes.length) } };
}

/** "files.getUploadURLExternal" says only that a failure is not a 200; these statuses are a guess. */
function upload({ method, url, body }: ApiRequest, files: FileStore): ApiResponse {
  const started = files.uploadAt(url.pathname);
  if (!started || method !== 'POST') return { status: 404, body: 'Not Found' };
  if (body.length !== started.length) return { status: 400, body: 'Bad Request' };
  started.bytes = body;
  return { status: 200, body: `OK - ${body.length}` };
}
