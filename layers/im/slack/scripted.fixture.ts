import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { against } from '../against.fixture';
import type { ChatApp, ChatMessage, FileContent, SharedFile } from '../chat-app';
import { slackBot } from './bot';

export const SECRETS = { botToken: 'xoxb-111111111111', signingSecret: '8f742231b10e8888abcd99yyyzzz85a5' };
export const SHARED: SharedFile = { key: 'F1', kind: 'file', name: '日志.txt' };
export const MB = 1024 * 1024;

/** The message that it was shared in. */
export const MESSAGE: ChatMessage = {
  id: 'C0OPS:1.1',
  platform: 'slack',
  conversation: { id: 'C0OPS', kind: 'group' },
  sender: { id: 'U1' },
  text: '',
  isForBot: true,
  sentAt: 0,
};
/** A call that came, without its body. */
export interface Came {
  path: string;
  method: string;
  headers: IncomingMessage['headers'];
}

/** A Slack that answers so, by the beginnings of paths; what is not in it is a `{"ok":true}`. Gives what came and what went wrong. */
export async function scripted(routes: Record<string, RequestListener>, run: (app: ChatApp) => Promise<unknown>) {
  const came: Came[] = [];
  const listener: RequestListener = (request, response) => {
    const { url = '', method = '', headers } = request;
    came.push({ path: url, method, headers });
    const [, route] = Object.entries(routes).find(([start]) => url.startsWith(`/${start}`)) ?? [];
    if (route) return route(request, response);
    request.resume();
    request.on('end', () => response.end('{"ok":true}'));
  };
  const error: unknown = await against(listener, (runtime) =>
    run(slackBot.open(SECRETS, runtime)).then(() => undefined),
  ).catch((error) => error);
  return { came, error };
}

/** Answers with this JSON. */
export const says =
  (body: object): RequestListener =>
  (request, response) => {
    request.resume();
    response.end(JSON.stringify(body));
  };

/** Answers a download with a file's bytes. */
export const gives =
  (bytes: string | Buffer, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(200, { 'content-length': String(Buffer.byteLength(bytes)), ...headers }).end(bytes);

/** Answers with this status. */
export const answers =
  (status: number, headers: Record<string, string> = {}): RequestListener =>
  (request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status, headers).end('<html>'));
  };

/** What files.info says of a file, and what differs in it. */
export const info = (more: object = {}): RequestListener =>
  says({
    ok: true,
    file: {
      id: 'F1',
      name: '日志.txt',
      mimetype: 'text/plain',
      mode: 'hosted',
      url_private_download: 'https://files.slack.com/files-pri/T0-F1/download/x.txt',
      ...more,
    },
  });

export async function read(content: FileContent | undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content?.bytes ?? []) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const CHUNK = Buffer.alloc(64 * 1024, 'x');

/** So many megabytes, one and the same chunk again and again. */
export async function* megabytes(count: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < count * MB; sent += CHUNK.length) yield CHUNK;
}

export async function pour(count: number, response: ServerResponse): Promise<void> {
  for await (const chunk of megabytes(count)) {
    if (!response.write(chunk)) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end();
}

/** Node's own collector, which it otherwise hides: what is garbage already is not held. */
function collector(): () => void {
  setFlagsFromString('--expose_gc');
  return runInNewContext('gc');
}

/** Looks at every 256th call how much memory is held; gives by how many megabytes that has grown at most. */
export function watchMemory(): { look(): void; grown(): number } {
  const collect = collector();
  const held = () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = held();
  let most = before;
  let looks = 0;
  return {
    look: () => {
      if (looks++ % 256 === 0) most = Math.max(most, held());
    },
    grown: () => (most - before) / MB,
  };
}
