import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import type { ChatApp, FileContent } from '../chat-app';
import { answers, says, scripted } from './scripted.fixture';

const TICKET = 'slack.com/api/files.getUploadURLExternal';
const UPLOAD = 'files.slack.com/upload/';
const COMPLETE = 'slack.com/api/files.completeUploadExternal';
const TO = { id: 'C0OPS', kind: 'group' as const, thread: '1.000001' };
const ticket = says({ ok: true, upload_url: 'https://files.slack.com/upload/v1/x', file_id: 'F9' });

async function* bytesOf(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

function fileOf(name: string, content: string): FileContent & { size: number } {
  return { name, size: Buffer.byteLength(content), bytes: bytesOf(content) };
}

const sending =
  (file: FileContent & { size: number }, isRetry = false) =>
  async (app: ChatApp) =>
    app.sendFile?.(file, TO, 'key', isRetry);

it('asks for an address, uploads there, and has it shared in the thread', async () => {
  const bodies: string[] = [];
  const hear =
    (answer: RequestListener): RequestListener =>
    async (request, response) => {
      bodies.push(await text(request));
      answer(request, response);
    };
  const upload: RequestListener = (_, response) => void response.end('OK - 6');
  const routes = { [TICKET]: hear(ticket), [UPLOAD]: hear(upload), [COMPLETE]: hear(says({ ok: true })) };
  const { came, error } = await scripted(routes, sending(fileOf('事故报告 &=.txt', '报告')));
  expect(error).toBeUndefined();
  expect(came[0]?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(Object.fromEntries(new URLSearchParams(bodies[0]))).toEqual({ filename: '事故报告 &=.txt', length: '6' });
  expect(came[1]).toMatchObject({ method: 'POST', headers: { 'content-length': '6' } });
  expect(came[1]?.headers).not.toHaveProperty('authorization');
  expect(bodies[1]).toBe('报告');
  expect(JSON.parse(bodies[2] ?? '')).toEqual({
    files: [{ id: 'F9', title: '事故报告 &=.txt' }],
    channel_id: 'C0OPS',
    thread_ts: '1.000001',
  });
});

it.each([
  ['empty ones', 0],
  ['ones over 1 GB', 1024 ** 3 + 1],
])('asks nobody about %s: they do not fit', async (_, size) => {
  const { came, error } = await scripted({}, sending({ name: 'a', size, bytes: bytesOf() }));
  expect(error).toMatchObject({ name: 'DeliveryError', payloadRejected: true, retryable: false });
  expect(came).toEqual([]);
});

it.each([
  ['file_upload_size_restricted', { payloadRejected: true, retryable: false }],
  ['file_uploads_disabled', { payloadRejected: true, retryable: false }],
  ['file_uploads_except_images_disabled', { payloadRejected: true, retryable: false }],
  ['file_type_not_allowed', { payloadRejected: true, retryable: false }],
  ['storage_limit_reached', { payloadRejected: true, retryable: false }],
  ['missing_scope', { retryable: false, message: expect.stringContaining('add the scope') }],
  ['internal_error', { retryable: true }],
])('uploads nothing after %s', async (word, facts) => {
  const { came, error } = await scripted({ [TICKET]: says({ ok: false, error: word }) }, sending(fileOf('a.log', 'x')));
  expect(error).toMatchObject({ code: word, ...facts });
  expect(came).toHaveLength(1);
});

it.each([
  [400, { retryable: true }],
  [404, { retryable: true }],
  [413, { retryable: false, payloadRejected: true }],
  [429, { retryable: true, throttled: true }],
  [500, { retryable: true }],
])('shares nothing that was not uploaded: HTTP %d', async (status, facts) => {
  const routes = { [TICKET]: ticket, [UPLOAD]: answers(status) };
  const { came, error } = await scripted(routes, sending(fileOf('a.log', 'x')));
  expect(error).toMatchObject({ name: 'DeliveryError', ...facts });
  expect(error).toMatchObject({ outcomeUnknown: undefined });
  expect(came).toHaveLength(2);
});

it.each([{}, { upload_url: 'https://evil.example/upload/', file_id: 'F9' }, { file_id: 'F9' }])(
  'uploads nowhere but at Slack: %j',
  async (said) => {
    const { came, error } = await scripted({ [TICKET]: says({ ok: true, ...said }) }, sending(fileOf('a', 'x')));
    expect(error).toMatchObject({ name: 'DeliveryError' });
    expect(came).toHaveLength(1);
  },
);

it('shares no half of a file whose source fails', async () => {
  async function* failing() {
    yield Buffer.from('12345');
    throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
  }
  const upload: RequestListener = (request) => void request.resume();
  const routes = { [TICKET]: ticket, [UPLOAD]: upload };
  const { came, error } = await scripted(routes, sending({ name: 'a', size: 10, bytes: failing() }));
  expect(error).toMatchObject({ name: 'DeliveryError', retryable: true });
  const short = await scripted(routes, sending({ name: 'a', size: 10, bytes: bytesOf('12345') }));
  expect(short.error).toMatchObject({ name: 'DeliveryError', retryable: true });
  for (const { path } of [...came, ...short.came]) expect(path).not.toContain('complete');
});

it.each([
  ['its own file', { user: 'U0BOT', files: [{ title: 'a.log', size: 1 }] }, true],
  ['its own file, by the id of the bot', { bot_id: 'B0BOT', files: [{ title: 'a.log', size: 1 }] }, true],
  ['the file of a person', { user: 'U1', files: [{ title: 'a.log', size: 1 }] }, false],
  ['a file of another name', { user: 'U0BOT', files: [{ title: 'b.log', size: 1 }] }, false],
  ['a file of another size', { user: 'U0BOT', files: [{ title: 'a.log', size: 2 }] }, false],
  ['no file', { user: 'U0BOT' }, false],
])('looks in the thread first when it may have been heard: %s', async (_, message, isThere) => {
  const routes = {
    'slack.com/api/auth.test': says({ ok: true, user_id: 'U0BOT', bot_id: 'B0BOT' }),
    'slack.com/api/conversations.replies?channel=C0OPS&ts=1.000001': says({ ok: true, messages: [message] }),
    [TICKET]: ticket,
  };
  const { came, error } = await scripted(routes, sending(fileOf('a.log', 'x'), true));
  expect(error).toBeUndefined();
  expect(came.some(({ path }) => path.includes('complete'))).toBe(!isThere);
});
