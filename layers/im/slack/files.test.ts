import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { createBotRuntime } from '../bot-platforms';
import type { ChatApp, ChatMessage, FileContent, SharedFile, SizedFile } from '../chat-app';
import { SECRETS, status, withFakeSlack } from './fake-slack.fixture';

const INFO = 'slack.com/api/files.info';
const TICKET = 'slack.com/api/files.getUploadURLExternal';
const COMPLETE = 'slack.com/api/files.completeUploadExternal';
const FILES = 'files.slack.com/';
const UPLOAD = 'files.slack.com/upload/';
const SHARED: SharedFile = { key: 'F1', kind: 'file', name: '日志.txt' };
const TO = { id: 'C0OPS', kind: 'group' as const, thread: '1.000001' };
const MESSAGE: ChatMessage = {
  id: 'C0OPS:1.1',
  platform: 'slack',
  conversation: TO,
  sender: { id: 'U1' },
  text: '',
  isForBot: true,
  sentAt: 0,
};
const TICKET_ANSWER = { ok: true, upload_url: 'https://files.slack.com/upload/v1/secret0123', file_id: 'F9' };

const info = (more: object = {}) => {
  const url_private_download = 'https://files.slack.com/files-pri/T0-F1/download/x.txt';
  return {
    ok: true,
    file: { id: 'F1', name: '日志.txt', mimetype: 'text/plain', mode: 'hosted', url_private_download, ...more },
  };
};
const bytes =
  (content: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    void response.writeHead(200, { 'content-length': String(Buffer.byteLength(content)), ...headers }).end(content);
const redirect = (location: string) => status(302, { location });

async function read(content: FileContent | undefined): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content?.bytes ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function* bytesOf(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

const FLOW_BYTES = 96 * 1024 * 1024;
const CHUNK = Buffer.alloc(64 * 1024, 'x');

/** A large file that counts the bytes on their way: those that left the source and have not been read at the other end. */
function createFlow() {
  let [sent, read, mostInFlight] = [0, 0, 0];
  return {
    async *source(): AsyncGenerator<Uint8Array> {
      for (; sent < FLOW_BYTES; sent += CHUNK.length) {
        mostInFlight = Math.max(mostInFlight, sent - read);
        yield CHUNK;
      }
    },
    async drain(bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
      for await (const chunk of bytes) read += chunk.length;
    },
    expectStreamed() {
      expect(read).toBe(FLOW_BYTES);
      expect(mostInFlight).toBeLessThan(FLOW_BYTES / 3);
    },
  };
}

const fetching = (app: ChatApp, shared = SHARED) => Promise.resolve(app.fetchFile?.(shared, MESSAGE));
const sending =
  (file: SizedFile, isRetry = false) =>
  async (app: ChatApp) =>
    app.sendFile?.(file, TO, 'key', isRetry);
const file = (name: string, content: string) => ({ name, size: Buffer.byteLength(content), bytes: bytesOf(content) });

/** Fetches and reads the file where Slack answers so. */
async function fetchRead(routes: Parameters<typeof withFakeSlack>[0], shared = SHARED) {
  let fetched: { name?: string; size?: number; text: string } | undefined;
  const { calls, error } = await withFakeSlack(routes, async (app) => {
    const content = await fetching(app, shared);
    fetched = { ...content, text: await read(content) };
  });
  return { fetched, calls, error };
}

describe('fetchFile()', () => {
  it('returns the bytes with their size and name, and sends the token to Slack only', async () => {
    const { fetched, calls, error } = await fetchRead({ [INFO]: info(), [FILES]: bytes('一二三') });
    expect(error).toBeUndefined();
    expect(fetched).toMatchObject({ name: '日志.txt', size: 9, text: '一二三' });
    const paths = ['/slack.com/api/files.info?file=F1', '/files.slack.com/files-pri/T0-F1/download/x.txt'];
    expect(calls.map(({ path }) => path)).toEqual(paths);
    expect(calls[1]?.headers.authorization).toBe(`Bearer ${SECRETS.botToken}`);
  });

  it('returns an empty file, and one of unknown size', async () => {
    expect((await fetchRead({ [INFO]: info(), [FILES]: bytes('') })).fetched).toMatchObject({ size: 0, text: '' });
    const chunked: RequestListener = (_, response) => void response.writeHead(200).write('x', () => response.end());
    const { fetched } = await fetchRead({ [INFO]: info(), [FILES]: chunked });
    expect(fetched).not.toHaveProperty('size');
    expect(fetched?.text).toBe('x');
  });

  it.each([
    [{ name: '', mimetype: 'image/png' }, { key: 'F1', kind: 'image' as const }, 'F1.png'],
    [{ name: '截图', mimetype: 'image/jpeg' }, SHARED, '截图.jpg'],
    [{ name: 'a.tar.gz', mimetype: 'text/plain' }, SHARED, 'a.tar.gz'],
    [{ name: '', mimetype: '' }, SHARED, '日志.txt'],
    [{ name: 'core', mimetype: '' }, SHARED, 'core.pdf'],
    [{ name: 'core', mimetype: 'application/x-core' }, SHARED, 'core'],
  ])('names the file after %j', async (more, shared, name) => {
    const routes = { [INFO]: info(more), [FILES]: bytes('x', { 'content-type': 'application/pdf; x=y' }) };
    expect((await fetchRead(routes, shared)).fetched?.name).toBe(name);
  });

  it.each([
    [{ mode: 'tombstone' }, /deleted; share it again/],
    [{ mode: 'hidden_by_limit' }, /plan .* share it again/],
    [{ mode: 'external', url_private_download: 'https://drive.example/x' }, /kept outside of Slack/],
    [{ is_external: true }, /kept outside of Slack/],
    [{ mode: 'canvas' }, /PDF/],
    [{ file_access: 'access_denied' }, /share a copy/],
    [{ url_private_download: 'https://files.slack.com.evil.example/x' }, /not one of Slack/],
    [{ url_private_download: 'http://files.slack.com/x' }, /not one of Slack/],
    [{ url_private_download: 'https://a@files.slack.com/x' }, /not one of Slack/],
    [{ url_private_download: 'https://x.slack-edge.com/x' }, /not one of Slack/],
    [{ url_private_download: '' }, /not one of Slack/],
  ])('fails with advice and without a download: %j', async (more, reason) => {
    const { calls, error } = await fetchRead({ [INFO]: info(more) });
    expect(error).toMatchObject({ name: 'DeliveryError', message: expect.stringMatching(reason), retryable: false });
    expect(calls).toHaveLength(1);
  });

  it.each([
    [403, {}, { retryable: false, code: 'HTTP 403', message: expect.stringContaining('files:read') }],
    [404, {}, { retryable: false, message: expect.stringContaining('share it again') }],
    [429, { 'retry-after': '7' }, { retryable: true, throttled: true, retryAfterSeconds: 7 }],
    [503, {}, { retryable: true }],
  ])('reads an HTTP %d', async (code, headers, facts) => {
    const { error } = await fetchRead({ [INFO]: info(), [FILES]: status(code, headers) });
    expect(error).toMatchObject({ name: 'DeliveryError', outcomeUnknown: undefined, ...facts });
  });

  it('follows a redirect to where Slack keeps files, and does not send the token there', async () => {
    const { calls, fetched } = await fetchRead({
      [INFO]: info(),
      'files.slack.com/files-pri/': redirect('/b'),
      'files.slack.com/b': redirect('https://downloads.slack-edge.com/c?signed=1'),
      'downloads.slack-edge.com/c': bytes('x'),
    });
    expect(fetched?.text).toBe('x');
    const token = `Bearer ${SECRETS.botToken}`;
    expect(calls.slice(1).map(({ headers }) => headers.authorization)).toEqual([token, token, undefined]);
  });

  it.each([
    'https://home.slack.com/?redir=%2Ffiles-pri',
    'https://evil.example/x',
    'http://files.slack.com/x',
    'https://files.slack.com:8443/x',
    'https://evil-slack-edge.com/x',
    '',
    'https://',
  ])('takes a redirect to %j for a missing permission, and does not follow it', async (location) => {
    const { calls, error } = await fetchRead({ [INFO]: info(), [FILES]: redirect(location) });
    expect(error).toMatchObject({ retryable: false, message: expect.stringContaining('files:read') });
    expect(calls).toHaveLength(2);
  });

  it('follows three redirects at most', async () => {
    const { calls, error } = await fetchRead({ [INFO]: info(), [FILES]: redirect('/again') });
    expect(error).toMatchObject({ retryable: false });
    expect(calls).toHaveLength(5);
  });

  it('tells the login page from a page that was shared', async () => {
    const page = { 'content-type': 'text/html; charset=utf-8' };
    const missing = { retryable: false, message: expect.stringContaining('files:read') };
    const shared = info({ mimetype: 'text/html', size: 6 });
    expect((await fetchRead({ [INFO]: info(), [FILES]: bytes('<html>login', page) })).error).toMatchObject(missing);
    expect((await fetchRead({ [INFO]: shared, [FILES]: bytes('<html>login', page) })).error).toMatchObject(missing);
    expect((await fetchRead({ [INFO]: shared, [FILES]: bytes('<html>', page) })).fetched?.text).toBe('<html>');
  });

  it('fails while the bytes are read when the connection breaks, also before the first read', async () => {
    const broken: RequestListener = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('123');
      setTimeout(() => response.destroy(), 20);
    };
    const facts = { name: 'DeliveryError', code: 'ECONNRESET', retryable: true };
    expect((await fetchRead({ [INFO]: info(), [FILES]: broken })).error).toMatchObject(facts);
    const { error } = await withFakeSlack({ [INFO]: info(), [FILES]: broken }, async (app) => {
      const content = await fetching(app);
      await sleep(60);
      await read(content);
    });
    expect(error).toMatchObject(facts);
  });

  it('is retryable when nothing comes', async () => {
    const { error } = await fetchRead({ [INFO]: info(), [FILES]: () => undefined });
    expect(error).toMatchObject({ retryable: true, code: 'ETIMEDOUT', outcomeUnknown: undefined });
  });

  it('passes bytes on as they come and holds no file as a whole', async () => {
    const flow = createFlow();
    const large: RequestListener = async (_, response) => {
      for await (const chunk of flow.source()) if (!response.write(chunk)) await once(response, 'drain');
      response.end();
    };
    const { error } = await withFakeSlack({ [INFO]: info(), [FILES]: large }, async (app) =>
      flow.drain((await fetching(app))?.bytes ?? []),
    );
    expect(error).toBeUndefined();
    flow.expectStreamed();
  });
});

describe('sendFile()', () => {
  it('asks for an address, uploads there, and shares the file in the thread', async () => {
    const uploads: string[] = [];
    const upload: RequestListener = async (request, response) => {
      uploads.push(await read({ name: '', bytes: request }));
      response.end('OK - 6');
    };
    const routes = { [TICKET]: TICKET_ANSWER, [UPLOAD]: upload };
    const { calls, error } = await withFakeSlack(routes, sending(file('事故报告 &=.txt', '报告')));
    expect(error).toBeUndefined();
    expect(calls[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    const form = Object.fromEntries(new URLSearchParams(calls[0]?.body));
    expect(form).toEqual({ filename: '事故报告 &=.txt', length: '6' });
    expect(calls[1]).toMatchObject({ method: 'POST', headers: { 'content-length': '6' } });
    expect(calls[1]?.headers).not.toHaveProperty('authorization');
    expect(uploads).toEqual(['报告']);
    const files = [{ id: 'F9', title: '事故报告 &=.txt' }];
    expect(JSON.parse(calls[2]?.body ?? '')).toEqual({ files, channel_id: 'C0OPS', thread_ts: '1.000001' });
  });

  it.each([
    ['an empty file', 0],
    ['a file over 1 GB', 1024 ** 3 + 1],
  ])('rejects %s without a call', async (_, size) => {
    const { calls, error } = await withFakeSlack({}, sending({ name: 'a', size, bytes: bytesOf() }));
    expect(error).toMatchObject({ name: 'DeliveryError', payloadRejected: true, retryable: false });
    expect(calls).toEqual([]);
  });

  it.each([
    ['file_upload_size_restricted', { payloadRejected: true, retryable: false }],
    ['file_uploads_disabled', { payloadRejected: true, retryable: false }],
    ['file_type_not_allowed', { payloadRejected: true, retryable: false }],
    ['storage_limit_reached', { payloadRejected: true, retryable: false }],
    ['missing_scope', { retryable: false, message: expect.stringContaining('add the scope') }],
    ['internal_error', { retryable: true }],
  ])('uploads nothing after %s', async (word, facts) => {
    const { calls, error } = await withFakeSlack({ [TICKET]: { ok: false, error: word } }, sending(file('a.log', 'x')));
    expect(error).toMatchObject({ code: word, ...facts });
    expect(calls).toHaveLength(1);
  });

  it.each([
    [400, { retryable: true }],
    [404, { retryable: true }],
    [413, { retryable: false, payloadRejected: true }],
    [429, { retryable: true, throttled: true }],
    [500, { retryable: true }],
  ])('shares nothing after an upload that ended in HTTP %d', async (code, facts) => {
    const routes = { [TICKET]: TICKET_ANSWER, [UPLOAD]: status(code) };
    const { calls, error } = await withFakeSlack(routes, sending(file('a.log', 'x')));
    expect(error).toMatchObject({ name: 'DeliveryError', outcomeUnknown: undefined, ...facts });
    expect(calls).toHaveLength(2);
  });

  it.each([{}, { upload_url: 'https://evil.example/upload/', file_id: 'F9' }, { file_id: 'F9' }])(
    'uploads nowhere but at Slack: %j',
    async (answer) => {
      const { calls, error } = await withFakeSlack({ [TICKET]: { ok: true, ...answer } }, sending(file('a', 'x')));
      expect(error).toMatchObject({ name: 'DeliveryError' });
      expect(calls).toHaveLength(1);
    },
  );

  it('shares no part of a file whose source fails or ends early', async () => {
    async function* failing() {
      yield Buffer.from('12345');
      throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
    }
    const upload: RequestListener = (request) => void request.resume();
    for (const source of [failing(), bytesOf('12345')]) {
      const routes = { [TICKET]: TICKET_ANSWER, [UPLOAD]: upload };
      const { calls, error } = await withFakeSlack(routes, sending({ name: 'a', size: 10, bytes: source }));
      expect(error).toMatchObject({ name: 'DeliveryError', retryable: true });
      for (const { path } of calls) expect(`/${COMPLETE}`).not.toBe(path);
    }
  });

  it.each([
    ['its own file', { user: 'U0BOT', files: [{ title: 'a.log', size: 1 }] }, true],
    ['its own file, by the id of the bot', { bot_id: 'B0BOT', files: [{ title: 'a.log', size: 1 }] }, true],
    ['the file of a person', { user: 'U1', files: [{ title: 'a.log', size: 1 }] }, false],
    ['a file of another name', { user: 'U0BOT', files: [{ title: 'b.log', size: 1 }] }, false],
    ['a file of another size', { user: 'U0BOT', files: [{ title: 'a.log', size: 2 }] }, false],
    ['no file', { user: 'U0BOT' }, false],
  ])('looks in the thread first on a retry, and finds %s', async (_, message, isThere) => {
    const routes = {
      'slack.com/api/auth.test': { ok: true, user_id: 'U0BOT', bot_id: 'B0BOT' },
      'slack.com/api/conversations.replies?channel=C0OPS&ts=1.000001': { ok: true, messages: [message] },
      [TICKET]: TICKET_ANSWER,
      [UPLOAD]: status(200),
    };
    const { calls, error } = await withFakeSlack(routes, sending(file('a.log', 'x'), true));
    expect(error).toBeUndefined();
    expect(calls.some(({ path }) => path === `/${COMPLETE}`)).toBe(!isThere);
  });

  it('passes bytes on as they come and holds no file as a whole', async () => {
    const flow = createFlow();
    const upload: RequestListener = async (request, response) => {
      await flow.drain(request);
      response.end('OK');
    };
    const dump = { name: 'dump', size: FLOW_BYTES, bytes: flow.source() };
    const { error } = await withFakeSlack({ [TICKET]: TICKET_ANSWER, [UPLOAD]: upload }, sending(dump));
    expect(error).toBeUndefined();
    flow.expectStreamed();
  });

  it('keeps the address of the upload and the token out of errors', async () => {
    for (const route of [status(403), status(500), redirect('https://x.example'), () => undefined]) {
      const { error } = await withFakeSlack({ [TICKET]: TICKET_ANSWER, [UPLOAD]: route }, sending(file('a', 'x')));
      const printed = [inspect(error), String(Object(error).stack), JSON.stringify(error)].join();
      expect(printed).toMatch(/slack: /);
      for (const secret of ['secret0123', SECRETS.botToken]) expect(printed).not.toContain(secret);
    }
  });
});

it('allows the hosts where Slack keeps files, and not its login page', () => {
  for (const host of ['files.slack.com', 'downloads.slack-edge.com']) {
    expect(createBotRuntime().resolveEndpoint(new URL(`https://${host}/x`))).toBe(`https://${host}/x`);
  }
  expect(() => createBotRuntime().resolveEndpoint(new URL('https://home.slack.com/x'))).toThrow(/not the host/);
});
