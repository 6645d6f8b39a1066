import type { RequestListener } from 'node:http';
import type { ChatApp } from '../chat-app';
import { answers, gives, info, MESSAGE, read, SECRETS, SHARED, says, scripted } from './scripted.fixture';

const INFO = 'slack.com/api/files.info';
const HOST = 'files.slack.com/';

const fetching = async (app: ChatApp, shared = SHARED) => app.fetchFile?.(shared, MESSAGE);

it('gives the bytes with their size and name, and the token to nobody but Slack', async () => {
  const { came, error } = await scripted({ [INFO]: info(), [HOST]: gives('一二三') }, async (app) => {
    const content = await fetching(app);
    expect(content).toMatchObject({ name: '日志.txt', size: 9 });
    expect((await read(content)).toString()).toBe('一二三');
  });
  expect(error).toBeUndefined();
  expect(came.map(({ path }) => path)).toEqual([
    '/slack.com/api/files.info?file=F1',
    '/files.slack.com/files-pri/T0-F1/download/x.txt',
  ]);
  expect(came[1]?.headers.authorization).toBe(`Bearer ${SECRETS.botToken}`);
});

it('gives an empty file, and one whose size nobody says', async () => {
  await scripted({ [INFO]: info(), [HOST]: gives('') }, async (app) => {
    const content = await fetching(app);
    expect(content?.size).toBe(0);
    expect(await read(content)).toHaveLength(0);
  }).then(({ error }) => expect(error).toBeUndefined());
  const chunked: RequestListener = (_, response) => {
    response.writeHead(200);
    response.end('x');
  };
  await scripted({ [INFO]: info(), [HOST]: chunked }, async (app) => {
    const content = await fetching(app);
    expect(content).not.toHaveProperty('size');
    expect((await read(content)).toString()).toBe('x');
  }).then(({ error }) => expect(error).toBeUndefined());
});

it.each([
  [{ name: '', mimetype: 'image/png' }, { key: 'F1', kind: 'image' as const }, 'F1.png'],
  [{ name: '截图', mimetype: 'image/jpeg' }, SHARED, '截图.jpg'],
  [{ name: 'a.tar.gz', mimetype: 'text/plain' }, SHARED, 'a.tar.gz'],
  [{ name: '', mimetype: '' }, SHARED, '日志.txt'],
  [{ name: 'core', mimetype: '' }, SHARED, 'core.pdf'],
  [{ name: 'core', mimetype: 'application/x-core' }, SHARED, 'core'],
])('knows from %j what it is called', async (more, shared, name) => {
  const routes = { [INFO]: info(more), [HOST]: gives('x', { 'content-type': 'application/pdf; x=y' }) };
  const { error } = await scripted(routes, async (app) => expect((await fetching(app, shared))?.name).toBe(name));
  expect(error).toBeUndefined();
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
])('says what to do about %j, and asks nobody for it', async (more, reason) => {
  const { came, error } = await scripted({ [INFO]: info(more) }, fetching);
  expect(error).toMatchObject({ name: 'DeliveryError', message: expect.stringMatching(reason), retryable: false });
  expect(came).toHaveLength(1);
});

it.each([
  ['file_not_found', /share it again/],
  ['file_deleted', /share it again/],
  ['missing_scope', /add the scope/],
])('says what to do about %s', async (word, reason) => {
  const { error } = await scripted({ [INFO]: says({ ok: false, error: word }) }, fetching);
  expect(error).toMatchObject({ code: word, retryable: false, message: expect.stringMatching(reason) });
});

it.each([
  [403, {}, { retryable: false, code: 'HTTP 403', message: expect.stringContaining('files:read') }],
  [404, {}, { retryable: false, message: expect.stringContaining('share it again') }],
  [429, { 'retry-after': '7' }, { retryable: true, throttled: true, retryAfterSeconds: 7 }],
  [503, {}, { retryable: true }],
])('says what an HTTP %d means', async (status, headers, facts) => {
  const { error } = await scripted({ [INFO]: info(), [HOST]: answers(status, headers) }, fetching);
  expect(error).toMatchObject({ name: 'DeliveryError', ...facts });
  expect(error).toMatchObject({ outcomeUnknown: undefined });
});
