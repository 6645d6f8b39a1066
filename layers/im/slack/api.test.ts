import type { RequestListener } from 'node:http';
import { inspect } from 'node:util';
import { against } from '../against.fixture';
import type { Runtime } from '../channel';
import { DeliveryError } from '../errors';
import { openApi, type SlackApi } from './api';

const SECRETS = {
  botToken: `xoxb-${'1'.repeat(12)}-${'a1'.repeat(12)}`,
  signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
};
const ADDRESS = 'https://hooks.slack.com/actions/T0HOME/1234567/aB3dE5gH';

type Said = { status?: number; headers?: Record<string, string>; body: unknown };

const saying =
  ({ status = 200, headers = {}, body }: Said): RequestListener =>
  (_, response) => {
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const write = (api: SlackApi) => api.write('chat.postMessage', { text: 'x' });
const read = (api: SlackApi) => api.read('conversations.history', { channel: 'C1' });
const reply = (api: SlackApi) => api.answer(ADDRESS, { text: 'x' });

async function failure(
  listener: RequestListener,
  call: (api: SlackApi) => Promise<unknown> = write,
): Promise<DeliveryError> {
  const error = await against(listener, (runtime) => call(openApi(SECRETS, runtime))).catch((error) => error);
  if (!(error instanceof DeliveryError)) throw new Error(`Not a DeliveryError: ${inspect(error)}`);
  return error;
}

it.each([
  ['invalid_auth', {}, /install the app .* Bot User OAuth Token/],
  ['token_revoked', {}, /install the app/],
  ['account_inactive', {}, /install the app/],
  ['not_in_channel', {}, /\/invite it there/],
  ['channel_not_found', {}, /\/invite the bot there/],
  ['is_archived', {}, /unarchive/],
  ['missing_scope', { needed: 'chat:write', provided: 'im:history' }, /needed: chat:write; provided: im:history/],
  ['restricted_action', {}, /ask its admin/],
  ['messages_tab_disabled', {}, /App Home/],
  ['some_new_word', {}, /refused .*some_new_word/],
])('says what to do about %s', async (error, more, reason) => {
  const failed = await failure(saying({ body: { ok: false, error, ...more } }));
  expect(failed.message).toMatch(reason);
  expect(failed).toMatchObject({ code: error, retryable: false });
});

it.each(['invalid_blocks', 'invalid_blocks_format', 'invalid_attachments', 'msg_blocks_too_long', 'no_text'])(
  'takes %s for a message that a plainer one may replace, and says what is wrong with it',
  async (error) => {
    const body = { ok: false, error, response_metadata: { messages: ['[ERROR] must be less than 3001 characters'] } };
    expect(await failure(saying({ body }))).toMatchObject({
      payloadRejected: true,
      retryable: false,
      message: expect.stringContaining('3001'),
    });
  },
);

it.each(['internal_error', 'fatal_error', 'service_unavailable'])('may try again after %s', async (error) => {
  expect(await failure(saying({ body: { ok: false, error } }))).toMatchObject({
    retryable: true,
    outcomeUnknown: 'unclear',
  });
});

it.each([
  { status: 429, headers: { 'retry-after': '30' }, body: { ok: false, error: 'ratelimited' } },
  { status: 429, headers: { 'retry-after': '30' }, body: '' },
  { status: 200, headers: { 'retry-after': '30' }, body: { ok: false, error: 'rate_limited' } },
])('waits as long as Slack asks for: %j', async (said) => {
  expect(await failure(saying(said))).toMatchObject({ retryable: true, throttled: true, retryAfterSeconds: 30 });
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
  '{"ok":false}',
  '{"ok":false,"error":[]}',
])('does not take %s for a yes', async (body) => {
  expect(await failure(saying({ body }))).toMatchObject({ retryable: true });
});

it('may try again after silence, a cut connection and an HTTP 503', async () => {
  expect(await failure(() => undefined)).toMatchObject({ retryable: true, code: 'ETIMEDOUT' });
  expect(await failure((request) => request.socket.destroy())).toMatchObject({ retryable: true });
  expect(await failure(saying({ status: 503, body: 'oh' }))).toMatchObject({ retryable: true });
});

it.each([
  ['writes', write],
  ['reads', read],
  ['answers', reply],
])('never tells a secret in an error when it %s, even where Slack does', async (_, call) => {
  const secrets = [SECRETS.botToken, SECRETS.signingSecret, ADDRESS, ...(call === reply ? ['aB3dE5gH'] : [])];
  const leaky = secrets.join(' ');
  const bodies = [leaky, { ok: false, error: 'missing_scope', needed: leaky }, { ok: false, error: leaky }];
  for (const body of bodies) {
    const error = await failure(saying({ status: 400, body }), call);
    const told = [error.message, error.stack, inspect(error), JSON.stringify(error)].join('\n');
    for (const secret of secrets) expect(told).not.toContain(secret);
  }
});

it('asks nobody without a token, and answers nowhere but at Slack', async () => {
  const runtime: Runtime = { resolveEndpoint: () => 'http://127.0.0.1:1', now: Date.now, timeoutMs: 100 };
  await expect(write(openApi({}, runtime))).rejects.toThrow(/no bot token is configured/);
  for (const address of [
    'https://evil.example/actions/x',
    'http://hooks.slack.com/x',
    'nothing',
    'https://hooks.slack.com:1/x',
  ]) {
    await expect(openApi(SECRETS, runtime).answer(address, {})).rejects.toThrow(/not one of Slack/);
  }
});

it('reads pages that are longer than any verdict', async () => {
  const messages = [{ text: '长'.repeat(300_000) }];
  const body = await against(saying({ body: { ok: true, messages } }), (runtime) => read(openApi(SECRETS, runtime)));
  expect(body).toEqual({ ok: true, messages });
});

it('sends the token as a header, and questions as a query', async () => {
  const seen: unknown[] = [];
  const listener: RequestListener = ({ method, url, headers }, response) => {
    seen.push([method, url, headers.authorization]);
    response.end('{"ok":true}');
  };
  await against(listener, async (runtime) => [
    await write(openApi(SECRETS, runtime)),
    await read(openApi(SECRETS, runtime)),
  ]);
  expect(seen).toEqual([
    ['POST', '/slack.com/api/chat.postMessage', `Bearer ${SECRETS.botToken}`],
    ['GET', '/slack.com/api/conversations.history?channel=C1', `Bearer ${SECRETS.botToken}`],
  ]);
});
