import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCallbackSender, NOT_SENT } from './callback-sender';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A bot that answers one request after the other in these ways; the last one repeats. */
async function startBot(...answers: RequestListener[]) {
  let count = 0;
  const requests: { retry?: unknown; arrived(): void }[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    requests.push({ retry: request.headers['x-retry'], arrived: () => undefined });
    answers[Math.min(count++, answers.length - 1)]?.(request, response);
    for (const check of waiting) check();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    retries: () => requests.map(({ retry }) => retry),
    received: (expected: number) =>
      new Promise<void>((resolve) => {
        const check = () => requests.length >= expected && resolve();
        waiting.push(check);
        check();
      }),
  };
}

function openSender(url: string | undefined, timeoutMs = 5_000) {
  const sender = createCallbackSender({ timeoutMs, retryDelaysMs: [0, 60_000, 300_000], rate: () => 1e6 });
  sender.callbackUrl = url;
  closers.push(sender.close);
  const send = (isRetried = true, onAccepted?: (body: string) => void) =>
    sender.send({
      isRetried,
      onAccepted,
      create: ({ number, lastFailure = 'none' }) => ({ headers: { 'x-retry': `${number} ${lastFailure}` }, body: '' }),
    });
  return { ...sender, send };
}

const ok: RequestListener = (_, response) => void response.end('yes');
const failing: RequestListener = (_, response) => void response.writeHead(500).end();
const cut: RequestListener = (request) => void request.socket.destroy();
const hanging: RequestListener = () => undefined;

describe('createCallbackSender()', () => {
  it('sends a callback once if the bot accepts it, and passes the response on', async () => {
    const bot = await startBot(ok);
    const { send, deliveries } = openSender(bot.url);
    const bodies: string[] = [];
    expect(await send(true, (body) => void bodies.push(body))).toMatchObject({ status: 200, body: 'yes' });
    expect([bodies, bot.retries(), deliveries.length]).toEqual([['yes'], ['0 none'], 1]);
  });

  it('retries after each delay until the bot accepts, and creates a callback for each attempt', async () => {
    const bot = await startBot(failing, cut, failing, ok);
    const { send, deliveries } = openSender(bot.url);
    expect(await send()).toMatchObject({ status: 500 });
    await bot.received(4);
    expect(bot.retries()).toEqual(['0 none', '1 http_error', '2 connection_failed', '3 http_error']);
    expect(deliveries.slice(0, 3).map(({ status }) => status)).toEqual([500, 0, 500]);
  });

  it('reports a bot that does not answer in time', async () => {
    const bot = await startBot(hanging, ok);
    expect(await openSender(bot.url, 50).send()).toMatchObject({ status: 0, body: '' });
    await bot.received(2);
    expect(bot.retries()[1]).toBe('1 http_timeout');
  });

  it('does not retry a press or a command', async () => {
    const bot = await startBot(failing);
    const { send } = openSender(bot.url);
    await send(false);
    await send(false);
    expect(bot.retries()).toEqual(['0 none', '0 none']);
  });

  it('sends nothing without a callback URL, and nothing after it is closed', async () => {
    expect(await openSender(undefined).send()).toBe(NOT_SENT);
    const bot = await startBot(failing);
    const { send, close } = openSender(bot.url);
    const first = send();
    await bot.received(1);
    await close();
    await first;
    await close();
    expect(bot.retries()).toHaveLength(1);
  });
});
