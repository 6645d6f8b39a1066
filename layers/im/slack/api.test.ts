import type { RequestListener } from 'node:http';
import { inspect } from 'node:util';
import { against } from '../against.fixture';
import { DeliveryError } from '../errors';
import { createSlackApi, type SlackApi } from './api';
import { SECRETS, withFakeSlack } from './fake-slack.fixture';

const REPLY_URL = 'https://hooks.slack.com/actions/T0HOME/1234567/aB3dE5gH';

type Response = { status?: number; headers?: Record<string, string>; body: unknown };

const responding =
  ({ status = 200, headers = {}, body }: Response): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const post = (api: SlackApi) => api.post('chat.postMessage', { text: 'x' });
const get = (api: SlackApi) => api.get('conversations.history', { channel: 'C1' });
const reply = (api: SlackApi) => api.reply(REPLY_URL, { text: 'x' });

async function failure(listener: RequestListener, call: (api: SlackApi) => Promise<unknown> = post) {
  const error = await against(listener, (runtime) => call(createSlackApi(SECRETS, runtime))).catch((error) => error);
  if (!(error instanceof DeliveryError)) throw new Error(`Not a DeliveryError: ${inspect(error)}`);
  return error;
}

describe('the Slack API', () => {
  it.each([
    ['invalid_auth', {}, /install the app .* Bot User OAuth Token/],
    ['token_revoked', {}, /install the app/],
    ['not_in_channel', {}, /\/invite it there/],
    ['channel_not_found', {}, /\/invite the bot there/],
    ['is_archived', {}, /unarchive/],
    ['missing_scope', { needed: 'chat:write', provided: 'im:history' }, /needed: chat:write; provided: im:history/],
    ['restricted_action', {}, /ask its admin/],
    ['messages_tab_disabled', {}, /App Home/],
    ['file_not_found', {}, /share it again/],
    ['some_new_word', {}, /refused .*some_new_word/],
  ])('rejects for good with advice after %s', async (error, more, reason) => {
    const failed = await failure(responding({ body: { ok: false, error, ...more } }));
    expect(failed.message).toMatch(reason);
    expect(failed).toMatchObject({ code: error, retryable: false });
  });

  it.each(['invalid_blocks', 'invalid_blocks_format', 'invalid_attachments', 'msg_blocks_too_long', 'no_text'])(
    'rejects the payload with its details after %s',
    async (error) => {
      const body = { ok: false, error, response_metadata: { messages: ['[ERROR] must be less than 3001 characters'] } };
      const facts = { payloadRejected: true, retryable: false, message: expect.stringContaining('3001') };
      expect(await failure(responding({ body }))).toMatchObject(facts);
    },
  );

  it.each(['internal_error', 'fatal_error', 'service_unavailable'])('is retryable after %s', async (error) => {
    const facts = { retryable: true, outcomeUnknown: 'unclear' };
    expect(await failure(responding({ body: { ok: false, error } }))).toMatchObject(facts);
  });

  it.each([
    { status: 429, headers: { 'retry-after': '30' }, body: { ok: false, error: 'ratelimited' } },
    { status: 429, headers: { 'retry-after': '30' }, body: '' },
    { status: 200, headers: { 'retry-after': '30' }, body: { ok: false, error: 'rate_limited' } },
  ])('is throttled for as long as Slack asks: %j', async (response) => {
    const facts = { retryable: true, throttled: true, retryAfterSeconds: 30 };
    expect(await failure(responding(response))).toMatchObject(facts);
  });

  it.each([
    '<html>',
    '{}',
    'null',
    '[]',
    '"ok"',
    'ok',
    '{"ok":"true"}',
    '{"ok":1}',
    '{"ok":',
    '{"ok":false,"error":[]}',
  ])('does not take %s for success', async (body) => {
    expect(await failure(responding({ body }))).toMatchObject({ retryable: true });
  });

  it.each([
    ['post()', post],
    ['get()', get],
    ['reply()', reply],
  ])('keeps secrets out of the errors of %s, even where Slack repeats them', async (_, call) => {
    const secrets = [SECRETS.botToken, SECRETS.signingSecret, REPLY_URL, ...(call === reply ? ['aB3dE5gH'] : [])];
    const leaky = secrets.join(' ');
    const bodies = [leaky, { ok: false, error: 'missing_scope', needed: leaky }, { ok: false, error: leaky }];
    for (const body of bodies) {
      const error = await failure(responding({ status: 400, body }), call);
      const printed = [error.message, error.stack, inspect(error), JSON.stringify(error)].join('\n');
      for (const secret of secrets) expect(printed).not.toContain(secret);
    }
  });

  it('makes no call without a token, and replies nowhere but at Slack', async () => {
    const runtime = { resolveEndpoint: () => 'http://127.0.0.1:1', now: Date.now, timeoutMs: 100 };
    await expect(post(createSlackApi({}, runtime))).rejects.toThrow(/no bot token is configured/);
    for (const url of ['https://evil.example/x', 'http://hooks.slack.com/x', 'no url', 'https://hooks.slack.com:1/x']) {
      await expect(createSlackApi(SECRETS, runtime).reply(url, {})).rejects.toThrow(/not one of Slack/);
    }
  });

  it('reads pages that are longer than the response to a message', async () => {
    const body = { ok: true, messages: [{ text: '长'.repeat(300_000) }] };
    const read = await against(responding({ body }), (runtime) => get(createSlackApi(SECRETS, runtime)));
    expect(read).toEqual(body);
  });

  it('sends the token as a header and the parameters of get() as a query', async () => {
    const { calls } = await withFakeSlack({}, async (app) => [await app.healthCheck(), await app.getUserName?.('U1')]);
    const authorization = `Bearer ${SECRETS.botToken}`;
    expect(calls).toMatchObject([
      { method: 'POST', path: '/slack.com/api/auth.test', headers: { authorization } },
      { method: 'GET', path: '/slack.com/api/users.info?user=U1', headers: { authorization } },
    ]);
  });
});

describe('findUser()', () => {
  const find = async (answer: object) => {
    let user: unknown;
    const { error } = await withFakeSlack({ 'slack.com': answer }, async (app) => {
      user = await app.findUser?.({ email: 'li@a.example' });
    });
    if (error) throw error;
    return user;
  };

  it.each([
    [
      { id: 'U1', profile: { display_name: '小李' }, real_name: '李雷' },
      { id: 'U1', name: '小李' },
    ],
    [
      { id: 'U1', profile: { display_name: '' }, real_name: '李雷' },
      { id: 'U1', name: '李雷' },
    ],
    [{ id: 'U1' }, { id: 'U1' }],
    [{ id: 'U1', deleted: true, real_name: '李雷' }, undefined],
    [{}, undefined],
  ])('reads %j', async (user, expected) => {
    expect(await find({ ok: true, user })).toEqual(expected);
  });

  it('distinguishes an unknown user from a missing scope', async () => {
    expect(await find({ ok: false, error: 'users_not_found' })).toBeUndefined();
    const refused = { ok: false, error: 'missing_scope', needed: 'users:read.email', provided: 'chat:write' };
    await expect(find(refused)).rejects.toThrow(/needed: users:read.email/);
  });
});

it.each([
  [{ signingSecret: '' }, /signing secret/],
  [{ botToken: '' }, /bot token/],
  [{ teamId: 'T0OTHER' }, /another workspace/],
])('healthCheck() fails with %j', async (more, reason) => {
  const secrets = { ...SECRETS, teamId: 'T0HOME', ...more };
  const auth = { 'slack.com/api/auth.test': { ok: true, team_id: 'T0HOME' } };
  const { error } = await withFakeSlack(auth, (app) => app.healthCheck(), secrets);
  expect(error).toMatchObject({ message: expect.stringMatching(reason) });
});
