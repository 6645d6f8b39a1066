import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createWorkspace, type FeishuWorkspace } from './workspace';

interface Heard {
  at: number;
  headers: Record<string, unknown>;
  body: { type?: string; challenge?: string; header?: { event_id: string } };
}

/** So fast that six hours are 0.2 s. */
const RATE = 100_000;

let workspace: FeishuWorkspace;
let bot: Server;
let heard: Heard[];
/** What the bot answers, one after the other; the last for ever. */
let answers: { status?: number; after?: number }[];

beforeEach(async () => {
  heard = [];
  answers = [{}];
  bot = createServer(async (request, response) => {
    const body = JSON.parse((await buffer(request)).toString());
    heard.push({ at: performance.now(), headers: request.headers, body });
    if (body.type === 'url_verification') return void response.end(JSON.stringify({ challenge: body.challenge }));
    const { status = 200, after = 0 } = (answers.length > 1 ? answers.shift() : answers[0]) ?? {};
    setTimeout(() => response.writeHead(status).end('{}'), after);
  });
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  workspace = createWorkspace({ now: Date.now, onChange: () => undefined, rate: () => RATE, encrypted: false });
  await workspace.subscribe(urlOf());
  heard = [];
});
afterEach(async () => {
  await workspace.close();
  bot.closeAllConnections();
  bot.close();
});

const urlOf = () => `http://127.0.0.1:${(bot.address() as AddressInfo).port}`;
const say = () => {
  const [person, talk] = [workspace.users[0], workspace.conversations[0]];
  return workspace.say(person?.id ?? '', talk?.id ?? '', '你好');
};
const quiet = () => new Promise((resolve) => setTimeout(resolve, 500));

it('brings an event once, when it is answered with 200', async () => {
  expect(await say()).toMatchObject({ status: 200, body: '{}' });
  await quiet();
  expect(heard).toHaveLength(1);
});

it('brings an event four times more, later and later, with the same event id and no header that tells', async () => {
  answers = [{ status: 500 }];
  expect(await say()).toMatchObject({ status: 500 });
  await quiet();
  expect(heard).toHaveLength(5);
  expect(new Set(heard.map(({ body }) => body.header?.event_id)).size).toBe(1);
  expect(heard.flatMap(({ headers }) => Object.keys(headers)).filter((name) => /retry/i.test(name))).toEqual([]);
  const waits = heard.slice(1).map(({ at }, index) => at - (heard[index]?.at ?? 0));
  expect(waits[3]).toBeGreaterThan(6 * 3600 * (1000 / RATE) * 0.9);
  expect(waits[3]).toBeGreaterThan(waits[2] ?? 0);
  expect(workspace.deliveries.slice(1).map(({ status }) => status)).toEqual([500, 500, 500, 500, 500]);
});

it('stops when it is answered, and when the office closes', async () => {
  answers = [{ status: 401 }, { status: 302 }, { status: 200 }];
  await say();
  await quiet();
  expect(heard).toHaveLength(3);
  answers = [{ status: 500 }];
  await say();
  await workspace.close();
  await quiet();
  expect(heard.length).toBeLessThan(8);
});

it('does not wait longer than three seconds, in real time', async () => {
  answers = [{ after: 3_300 }, {}];
  const start = performance.now();
  const { status, durationMs } = await say();
  expect(status).toBe(0);
  expect(performance.now() - start).toBeLessThan(3_250);
  expect(durationMs).toBeGreaterThan(2_900);
  await quiet();
  expect(heard).toHaveLength(2);
});

it('enters no url that does not answer the challenge', async () => {
  const deaf = createServer((_, response) => response.end('{"challenge":"another"}'));
  await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
  await expect(workspace.subscribe(`http://127.0.0.1:${(deaf.address() as AddressInfo).port}`)).rejects.toThrow(
    'Challenge code',
  );
  deaf.close();
  await expect(workspace.subscribe('http://127.0.0.1:9')).rejects.toThrow('HTTP 0');
  await say();
  expect(heard).toHaveLength(1);
});

it('tells nobody before there is a url', async () => {
  const fresh = createWorkspace({ now: Date.now, onChange: () => undefined });
  expect(await fresh.say(fresh.users[0]?.id ?? '', fresh.conversations[0]?.id ?? '', 'x')).toMatchObject({ status: 0 });
  expect(fresh.conversations[0]?.posts).toHaveLength(1);
});
