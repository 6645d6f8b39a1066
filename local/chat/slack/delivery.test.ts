import { createHmac } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Bot, startBot } from './bot.fixture';
import { CHANNEL, directId, SECRETS } from './organisation';
import { sign } from './sign';

const LI = 'U0LILEI001';

let bot: Bot;
beforeEach(async () => {
  bot = await startBot({ rate: 1000 });
});
afterEach(() => bot.close());

async function until(check: () => boolean): Promise<void> {
  while (!check()) await sleep(5);
}

/** Events go to a server that gives the challenge back, and then answers so. */
async function answerBy(listener: RequestListener): Promise<unknown[]> {
  const reasons: unknown[] = [];
  const server = createServer(async (request, response) => {
    const { challenge } = (await json(request)) as { challenge?: string };
    if (challenge) return void response.end(challenge);
    reasons.push(request.headers['x-slack-retry-reason']);
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await bot.workspace.subscribe(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await bot.workspace.say(LI, directId(LI), '在吗');
  await sleep(450);
  server.closeAllConnections();
  server.close();
  return reasons;
}

const retries = () =>
  bot.requests.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]);
const idOf = ({ body }: { body: Buffer }) => JSON.parse(body.toString()).event_id;

/** The example of "Verifying requests from Slack" of docs.slack.dev. */
it('signs as the published example does', () => {
  const body =
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
  expect(sign(body, '8f742231b10e8888abcd99yyyzzz85a5', 1531420618_999)).toEqual({
    'x-slack-request-timestamp': '1531420618',
    'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  });
});

it('delivers an event three times more, with the same id and a signature of that moment', async () => {
  bot.before = () => {
    bot.clock.now += 60_000;
    throw new Error('down');
  };
  expect(await bot.workspace.say(LI, directId(LI), '在吗')).toMatchObject({ status: 500 });
  await until(() => bot.requests.length === 4);
  await sleep(50);
  expect(retries()).toEqual([
    [undefined, undefined],
    ['1', 'http_error'],
    ['2', 'http_error'],
    ['3', 'http_error'],
  ]);
  expect(new Set(bot.requests.map(idOf)).size).toBe(1);
  expect(new Set(bot.requests.map(({ headers }) => headers['x-slack-signature'])).size).toBe(4);
  expect(bot.workspace.deliveries.map(({ status }) => status)).toEqual([200, 500, 500, 500, 500]);
});

it('stops when it is answered', async () => {
  let failures = 1;
  bot.before = () => {
    if (failures-- > 0) throw new Error('down');
  };
  await bot.workspace.say(LI, directId(LI), '在吗');
  await until(() => bot.requests.length === 2);
  await sleep(400);
  expect(bot.requests).toHaveLength(2);
  expect(bot.heard).toHaveLength(1);
});

it('does not come again where it is asked not to', async () => {
  const final: RequestListener = (_, response) => response.writeHead(500, { 'x-slack-no-retry': '1' }).end();
  expect(await answerBy(final)).toEqual([undefined]);
});

it('comes again after a cut connection', async () => {
  const reasons = await answerBy((request) => request.socket.destroy());
  expect(reasons).toEqual([undefined, 'connection_failed', 'connection_failed', 'connection_failed']);
});

it('does not wait longer than three seconds, and says so when it comes again', async () => {
  let late = true;
  bot.before = async () => {
    const isLate = late;
    late = false;
    if (isLate) await sleep(3_300);
  };
  const delivery = await bot.workspace.say(LI, directId(LI), '在吗');
  expect(delivery.status).toBe(0);
  expect(delivery.durationMs).toBeGreaterThanOrEqual(2_990);
  await until(() => bot.requests.length === 2);
  expect(retries()[1]).toEqual(['1', 'http_timeout']);
});

it('gives commands and presses out once, whatever the answer', async () => {
  await bot.app.send(
    { title: 't', severity: 'info', buttons: [{ label: 'b', command: 'c' }] },
    { id: CHANNEL, kind: 'group' },
  );
  await until(() => bot.unheard.length === 1);
  bot.requests.length = 0;
  bot.before = () => {
    throw new Error('down');
  };
  expect(await bot.workspace.say(LI, CHANNEL, '/case open')).toMatchObject({ status: 500 });
  expect(await bot.workspace.press(LI, CHANNEL, 'b')).toMatchObject({ status: 500 });
  await sleep(100);
  expect(bot.requests).toHaveLength(2);
});

it('delivers nothing more once it is closed', async () => {
  bot.before = () => {
    throw new Error('down');
  };
  await bot.workspace.say(LI, directId(LI), '在吗');
  await bot.workspace.close();
  const { length } = bot.requests;
  await sleep(400);
  expect(bot.requests).toHaveLength(length);
});

it('takes an address only when the challenge comes back', async () => {
  await expect(bot.workspace.subscribe(`${bot.platforms}/nobody`)).rejects.toThrow(/challenge parameter/);
  await bot.workspace.say(LI, directId(LI), '还在');
  expect(bot.heard).toMatchObject([{ text: '还在' }]);
});

it('crafts a callback that our door lets in, until a byte of it is changed', () => {
  const { headers, body } = bot.workspace.createCallback(LI, directId(LI), '打开');
  const hex = createHmac('sha256', SECRETS.signingSecret)
    .update(`v0:${headers['x-slack-request-timestamp']}:${body}`)
    .digest('hex');
  expect(headers['x-slack-signature']).toBe(`v0=${hex}`);
  const request = { method: 'POST', headers, body: Buffer.from(body) };
  expect(bot.app.receive(request)).toMatchObject({ kind: 'message', message: { text: '打开', sender: { id: LI } } });
  expect(() => bot.app.receive({ ...request, body: Buffer.from(body.replace('打开', '关闭')) })).toThrow(/signature/);
});
