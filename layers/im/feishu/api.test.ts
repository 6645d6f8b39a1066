import type { RequestListener } from 'node:http';
import { inspect } from 'node:util';
import { against } from '../against.fixture';
import { DeliveryError } from '../errors';
import { feishuBot } from './bot';
import { ENCRYPTED } from './event.fixture';
import { type AtWork, atWork } from './workplace.fixture';

const CARD = { title: '你好', severity: 'info' as const };
const TO = { id: 'oc_1', kind: 'group' as const };
const TOKEN = 't-0123456789abcdef';

/** Gives a token, and answers everything else like this. */
function answering(status: number, body: unknown, headers = {}): RequestListener {
  return (request, response) => {
    const isToken = request.url?.includes('tenant_access_token');
    const answer = isToken ? { code: 0, tenant_access_token: TOKEN, expire: 7200 } : body;
    const text = typeof answer === 'string' ? answer : JSON.stringify(answer);
    response.writeHead(isToken ? 200 : status, headers).end(text);
  };
}

async function failure(listener: RequestListener, secrets: Record<string, string> = ENCRYPTED): Promise<DeliveryError> {
  const error = await against(listener, (runtime) => feishuBot.open(secrets, runtime).send(CARD, TO)).catch(
    (error) => error,
  );
  if (!(error instanceof DeliveryError)) throw new Error(`not a DeliveryError: ${error}`);
  return error;
}

it.each([
  [400, 230002, { retryable: false }, /add it in the group settings/],
  [400, 230006, { retryable: false }, /bot ability/],
  [400, 230013, { retryable: false }, /availability/],
  [400, 230027, { retryable: false }, /im:message:send_as_bot/],
  [400, 99991672, { retryable: false }, /im:chat.tabs:write_only/],
  [400, 230020, { retryable: true, throttled: true, retryAfterSeconds: 1 }, /too many messages/],
  [400, 99991400, { retryable: true, throttled: true, retryAfterSeconds: 1 }, /too many calls/],
  [400, 230049, { retryable: true, outcomeUnknown: 'unclear' }, /being sent/],
  [400, 99991663, { retryable: true }, /token/],
  [200, 99991403, { retryable: false }, /upgrade the plan/],
  [400, 10015, { retryable: false }, /appSecret/],
  [500, 2200, { retryable: true, outcomeUnknown: 'unclear' }, /an internal error/],
  [500, 777, { retryable: true, outcomeUnknown: 'unclear' }, /an internal error/],
  [503, 230025, { retryable: false, payloadRejected: true }, /too long/],
  [403, 777, { retryable: false }, /permissions of the app/],
  [429, 777, { retryable: true, throttled: true }, /too many/],
  [200, 777, { retryable: false }, /777: hm/],
])('reads HTTP %i with code %i', async (status, code, facts, words) => {
  const error = await failure(answering(status, { code, msg: 'hm' }));
  expect(error).toMatchObject({ platform: 'feishu', ...facts });
  expect(error.message).toMatch(words);
  expect(error.message).not.toContain('webhook');
});

it.each(['<html>blocked</html>', 'null', '[]', '{}', '"what"', '{"code":', '{"code":[]}', 'true'])(
  'does not take %s for a yes',
  async (body) => {
    expect(await failure(answering(200, body))).toMatchObject({ retryable: true, outcomeUnknown: 'unclear' });
  },
);

it('waits as long as the header says', async () => {
  const headers = { 'x-ogw-ratelimit-reset': '52', 'x-ogw-ratelimit-limit': '100' };
  for (const status of [400, 429]) {
    expect(await failure(answering(status, { code: 99991400, msg: '' }, headers))).toMatchObject({
      throttled: true,
      retryAfterSeconds: 52,
    });
  }
  expect(await failure(answering(503, '', { 'retry-after': '7' }))).toMatchObject({
    retryable: true,
    retryAfterSeconds: 7,
  });
});

it('never tells a secret, even where Feishu does', async () => {
  const { appSecret, verificationToken, encryptKey } = ENCRYPTED;
  const secrets = [TOKEN, appSecret, verificationToken, encryptKey];
  const leaky = `refused ${secrets.join(' ')}`;
  const listeners: RequestListener[] = [
    answering(400, { code: 230001, msg: leaky }),
    answering(500, leaky),
    (_, response) => response.writeHead(400).end(JSON.stringify({ code: 10014, msg: appSecret })),
    (request) => request.socket.destroy(),
  ];
  for (const listener of listeners) {
    const error = await failure(listener);
    const told = [error.message, error.stack, inspect(error), JSON.stringify(error)].join('\n');
    for (const secret of [...secrets, '127.0.0.1', 'open-apis']) expect(told).not.toContain(secret);
  }
});

it('says which secret is missing, and calls nobody', async () => {
  const visits: string[] = [];
  const listener: RequestListener = (request, response) => void response.end(visits.push(request.url ?? ''));
  for (const name of ['appId', 'appSecret']) {
    expect(await failure(listener, { ...ENCRYPTED, [name]: '' })).toMatchObject({
      retryable: false,
      message: expect.stringContaining(name),
    });
  }
  expect(visits).toEqual([]);
});

it('calls Lark where the app is one of Lark', async () => {
  const visits: string[] = [];
  const listener: RequestListener = (request, response) => {
    visits.push(request.url?.split('/')[1] ?? '');
    answering(200, { code: 0 })(request, response);
  };
  for (const domain of ['lark', 'feishu'])
    await against(listener, (runtime) => feishuBot.open({ ...ENCRYPTED, domain }, runtime).send(CARD, TO));
  expect(new Set(visits.slice(0, 2))).toEqual(new Set(['open.larksuite.com']));
  expect(new Set(visits.slice(2))).toEqual(new Set(['open.feishu.cn']));
  expect(feishuBot.hosts).toEqual(['open.feishu.cn', 'open.larksuite.com']);
});

it('gets a new token when Feishu wants no more of the old one, and tries once more', async () => {
  const tokens: string[] = [];
  const listener: RequestListener = (request, response) => {
    if (request.url?.includes('tenant_access_token')) {
      return void response.end(JSON.stringify({ code: 0, tenant_access_token: `t-${tokens.length}`, expire: 7200 }));
    }
    tokens.push(request.headers.authorization ?? '');
    const isGood = tokens.length > 1;
    response
      .writeHead(isGood ? 200 : 400)
      .end(JSON.stringify({ code: isGood ? 0 : 99991663, msg: 'Invalid access token' }));
  };
  await against(listener, (runtime) => feishuBot.open(ENCRYPTED, runtime).send(CARD, TO));
  expect(tokens).toEqual(['Bearer t-0', 'Bearer t-1']);
});

describe('at work', () => {
  let here: AtWork;
  beforeEach(async () => {
    here = await atWork();
  });
  afterEach(() => here.close());

  it('lives on one token until shortly before its end, and is never without one', async () => {
    for (let hour = 0; hour < 12; hour++) {
      await here.app.send(CARD, { id: here.group.id, kind: 'group' });
      here.clock.now += 20 * 60_000;
    }
    expect(here.group.posts).toHaveLength(12);
    expect(here.workplace.rejections).toEqual([]);
  });

  it('finds people by e-mail and mobile number, and nobody else', async () => {
    const [fang, , maria] = here.people;
    expect(await here.app.findUser?.({ email: 'wangfang@corp.example' })).toEqual({ id: fang });
    expect(await here.app.findUser?.({ mobile: '+14155550103' })).toEqual({ id: maria });
    expect(await here.app.findUser?.({ email: 'nobody@corp.example' })).toBeUndefined();
    expect(await here.app.findUser?.({ mobile: '13900000004' })).toBeUndefined();
  });

  it('knows that all is well, or what is not', async () => {
    await expect(here.app.healthCheck()).resolves.toBeUndefined();
    await here.close();
    here = await atWork({ secrets: { appSecret: 'wrong' } });
    await expect(here.app.healthCheck()).rejects.toMatchObject({
      code: '10014',
      retryable: false,
      message: expect.stringMatching(/copy both again/),
    });
  });
});

it.each([
  [{ activate_status: 1 }, /switched off/],
  [{ activate_status: 3 }, /let an administrator enable it/],
  [undefined, /bot ability/],
])('says what is wrong with a bot of %j', async (bot, words) => {
  const probe = against(answering(200, { code: 0, bot }), (runtime) =>
    feishuBot.open(ENCRYPTED, runtime).healthCheck(),
  );
  await expect(probe).rejects.toMatchObject({
    name: 'DeliveryError',
    retryable: false,
    message: expect.stringMatching(words),
  });
});
