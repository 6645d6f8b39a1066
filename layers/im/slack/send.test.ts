import type { RequestListener } from 'node:http';
import { json } from 'node:stream/consumers';
import { against } from '../against.fixture';
import type { Card } from '../card';
import type { ChatApp, Conversation } from '../chat-app';
import { slackBot } from './bot';

const SECRETS = { botToken: 'xoxb-111111111111', signingSecret: '8f742231b10e8888abcd99yyyzzz85a5' };
const CARD: Card = { title: '工单', severity: 'info', form: { command: 'open', submit: 'go', fields: [] } };
const TO: Conversation = { id: 'C0OPS', kind: 'group', thread: '1.000001' };

type Said = { path: string; body: Record<string, unknown> };

/** What was said to Slack, which answers with these words one after the other, and then yes. */
async function say(
  words: string[],
  run: (app: ChatApp) => Promise<unknown>,
): Promise<{ said: Said[]; error: unknown }> {
  const said: Said[] = [];
  const left = [...words];
  const listener: RequestListener = async (request, response) => {
    const body = request.method === 'POST' ? ((await json(request)) as Said['body']) : {};
    said.push({ path: request.url ?? '', body });
    const error = left.shift();
    response.end(JSON.stringify(error ? { ok: false, error } : { ok: true, ts: '2.000002' }));
  };
  const error = await against(listener, (runtime) => run(slackBot.open(SECRETS, runtime)).then(() => undefined)).catch(
    (e) => e,
  );
  return { said, error };
}

it('says a card in its thread, with its key written on it', async () => {
  const { said, error } = await say([], (app) => app.send(CARD, TO, 'key-1'));
  expect(error).toBeUndefined();
  expect(said).toMatchObject([
    {
      path: '/slack.com/api/chat.postMessage',
      body: {
        channel: 'C0OPS',
        thread_ts: '1.000001',
        metadata: { event_type: 'casebell', event_payload: { idempotencyKey: 'key-1', part: 0 } },
        unfurl_links: false,
      },
    },
  ]);
});

it.each(['invalid_blocks', 'msg_blocks_too_long'])('says it in plain words after %s, once', async (word) => {
  const { said, error } = await say([word], (app) => app.send(CARD, TO));
  expect(error).toBeUndefined();
  expect(said).toHaveLength(2);
  expect(said[1]?.body).toMatchObject({ text: '🔵 工单\ngo:\nopen', thread_ts: '1.000001' });
  expect(said[1]?.body).not.toHaveProperty('blocks');
  const twice = await say([word, word], (app) => app.send(CARD, TO));
  expect(twice.said).toHaveLength(2);
  expect(twice.error).toMatchObject({ code: word, payloadRejected: true });
});

it('says all parts of a long card, one after the other', async () => {
  const { said } = await say([], (app) => app.send({ ...CARD, quote: '很长。'.repeat(3000) }, TO, 'k'));
  const parts = said.map(({ body }) => Object(body.metadata).event_payload.part);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts).toEqual(parts.map((_, at) => at));
});

it('answers at the address of the question where the bot is no member, as long as that is good', async () => {
  const url = 'https://hooks.slack.com/commands/T0/1/abcdef';
  const to = { ...TO, replyUrl: { url, expiresAt: Date.UTC(2026, 0) + 1 } };
  const { said, error } = await say(['not_in_channel'], (app) => app.send(CARD, to));
  expect(error).toBeUndefined();
  expect(said[1]).toMatchObject({
    path: '/hooks.slack.com/commands/T0/1/abcdef',
    body: { response_type: 'in_channel', replace_original: false, thread_ts: '1.000001' },
  });
  const late = { ...TO, replyUrl: { url, expiresAt: Date.UTC(2026, 0) } };
  expect((await say(['not_in_channel'], (app) => app.send(CARD, late))).error).toMatchObject({
    code: 'not_in_channel',
  });
  expect((await say(['is_archived'], (app) => app.send(CARD, to))).said).toHaveLength(1);
});

it('does not open a place that Slack does not say the time of', async () => {
  const place = { name: 'n', members: [], link: { label: 'l', url: 'https://a.example' }, card: CARD };
  const listener: RequestListener = (_, response) => void response.end('{"ok":true}');
  await expect(
    against(listener, async (runtime) => slackBot.open(SECRETS, runtime).createThread?.(place, TO, 'k')),
  ).rejects.toMatchObject({ retryable: true, outcomeUnknown: 'unclear' });
});

it.each([
  [{ signingSecret: '' }, /signing secret/],
  [{ botToken: '' }, /bot token/],
  [{ teamId: 'T0OTHER' }, /another workspace/],
])('says at the door what is wrong with %j', async (more, reason) => {
  const listener: RequestListener = (_, response) => void response.end('{"ok":true,"team_id":"T0HOME"}');
  const secrets = { ...SECRETS, teamId: 'T0HOME', ...more };
  await expect(against(listener, (runtime) => slackBot.open(secrets, runtime).healthCheck())).rejects.toThrow(reason);
});
