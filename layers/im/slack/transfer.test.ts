import type { RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { createBotRuntime } from '../bot-platforms';
import type { ChatApp } from '../chat-app';
import {
  answers,
  gives,
  info,
  MB,
  MESSAGE,
  megabytes,
  pour,
  read,
  SECRETS,
  SHARED,
  says,
  scripted,
  watchMemory,
} from './scripted.fixture';

const INFO = 'slack.com/api/files.info';
const TICKET = 'slack.com/api/files.getUploadURLExternal';
const HOST = 'files.slack.com/';
const UPLOAD = 'files.slack.com/upload/';
const TO = { id: 'C0OPS', kind: 'group' as const };
const ticket = says({ ok: true, upload_url: 'https://files.slack.com/upload/v1/secret0123', file_id: 'F9' });

const fetching = async (app: ChatApp) => app.fetchFile?.(SHARED, MESSAGE);
const leads = (location: string) => answers(302, { location });

it('is let out of the house only to where Slack keeps files', () => {
  for (const host of ['files.slack.com', 'downloads.slack-edge.com']) {
    expect(createBotRuntime().resolveEndpoint(new URL(`https://${host}/x`))).toBe(`https://${host}/x`);
  }
  expect(() => createBotRuntime().resolveEndpoint(new URL('https://home.slack.com/x'))).toThrow(/not the host/);
});

it('follows where Slack leads a download, and leaves the token behind there', async () => {
  const routes = {
    [INFO]: info(),
    'files.slack.com/files-pri/': leads('/b'),
    'files.slack.com/b': leads('https://downloads.slack-edge.com/c?signed=1'),
    'downloads.slack-edge.com/c': gives('x'),
  };
  const { came, error } = await scripted(routes, async (app) =>
    expect(await read(await fetching(app))).toHaveLength(1),
  );
  expect(error).toBeUndefined();
  const token = `Bearer ${SECRETS.botToken}`;
  expect(came.slice(1).map(({ headers }) => headers.authorization)).toEqual([token, token, undefined]);
});

it.each([
  'https://home.slack.com/?redir=%2Ffiles-pri',
  'https://evil.example/x',
  'http://files.slack.com/x',
  'https://files.slack.com:8443/x',
  'https://evil-slack-edge.com/x',
  '',
  'https://',
])('takes being led to %j for not being let in, and does not go there', async (location) => {
  const { came, error } = await scripted({ [INFO]: info(), [HOST]: leads(location) }, fetching);
  expect(error).toMatchObject({ retryable: false, message: expect.stringContaining('files:read') });
  expect(came).toHaveLength(2);
});

it('is not led in circles', async () => {
  const { came, error } = await scripted({ [INFO]: info(), [HOST]: leads('/again') }, fetching);
  expect(error).toMatchObject({ retryable: false });
  expect(came).toHaveLength(5);
});

it('takes the login page for no file, and a page that was shared for one', async () => {
  const page = { 'content-type': 'text/html; charset=utf-8' };
  const login = await scripted({ [INFO]: info(), [HOST]: gives('<html>login</html>', page) }, fetching);
  expect(login.error).toMatchObject({ retryable: false, message: expect.stringContaining('files:read') });
  const shared = info({ mimetype: 'text/html', size: 6 });
  const own = await scripted({ [INFO]: shared, [HOST]: gives('<html>', page) }, async (app) =>
    expect(await read(await fetching(app))).toHaveLength(6),
  );
  expect(own.error).toBeUndefined();
  expect((await scripted({ [INFO]: shared, [HOST]: gives('<html>login', page) }, fetching)).error).toMatchObject({
    message: expect.stringContaining('files:read'),
  });
});

it('says so when the connection breaks off in the middle of a file', async () => {
  const broken: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-length': '10' }).write('123');
    setTimeout(() => response.destroy(), 20);
  };
  const { error } = await scripted({ [INFO]: info(), [HOST]: broken }, async (app) => read(await fetching(app)));
  expect(error).toMatchObject({ name: 'DeliveryError', code: 'ECONNRESET', retryable: true });
});

it('is not thrown by a file that nobody reads', async () => {
  const endless: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-length': String(MB) }).write('123');
    setTimeout(() => response.destroy(), 20);
  };
  const { error } = await scripted({ [INFO]: info(), [HOST]: endless }, async (app) => {
    const content = await fetching(app);
    await sleep(60);
    await expect(read(content)).rejects.toMatchObject({ name: 'DeliveryError', retryable: true });
  });
  expect(error).toBeUndefined();
});

it('may try again after silence', async () => {
  const { error } = await scripted({ [INFO]: info(), [HOST]: () => undefined }, fetching);
  expect(error).toMatchObject({ retryable: true, code: 'ETIMEDOUT' });
  expect(error).toMatchObject({ outcomeUnknown: undefined });
});

it('holds no file as a whole: memory stays flat for 150 MB', async () => {
  const memory = watchMemory();
  let bytes = 0;
  const large: RequestListener = (_, response) => void pour(150, response.writeHead(200));
  const { error } = await scripted({ [INFO]: info(), [HOST]: large }, async (app) => {
    for await (const chunk of (await fetching(app))?.bytes ?? []) {
      bytes += chunk.length;
      memory.look();
    }
  });
  expect(error).toBeUndefined();
  expect(bytes).toBe(150 * MB);
  expect(memory.grown()).toBeLessThan(64);
});

it('sends none as a whole either', async () => {
  const memory = watchMemory();
  let bytes = 0;
  const drain: RequestListener = async (request, response) => {
    for await (const chunk of request) {
      bytes += chunk.length;
      memory.look();
    }
    response.end('OK');
  };
  const file = { name: 'dump', size: 150 * MB, bytes: megabytes(150) };
  const { error } = await scripted({ [TICKET]: ticket, [UPLOAD]: drain }, async (app) => app.sendFile?.(file, TO));
  expect(error).toBeUndefined();
  expect(bytes).toBe(150 * MB);
  expect(memory.grown()).toBeLessThan(64);
});

it('never tells the address of an upload or the token in an error', async () => {
  const file = { name: 'a', size: 1, bytes: megabytes(0) };
  for (const refused of [answers(403), answers(500), leads('https://x.example'), () => undefined]) {
    const { error } = await scripted({ [TICKET]: ticket, [UPLOAD]: refused }, async (app) => app.sendFile?.(file, TO));
    const told = [inspect(error), String(Object(error).stack), JSON.stringify(error)].join();
    expect(told).toMatch(/slack: /);
    for (const secret of ['secret0123', SECRETS.botToken]) expect(told).not.toContain(secret);
  }
});
