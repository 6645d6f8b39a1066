import type { RequestListener } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Card } from '../card';
import type { Conversation } from '../chat-app';
import { says, scripted } from './scripted.fixture';

const HISTORY = 'slack.com/api/conversations.history';
const REPLIES = 'slack.com/api/conversations.replies';
const POST = 'slack.com/api/chat.postMessage';
const TO: Conversation = { id: 'C0OPS', kind: 'group', thread: '1.000001' };
const LONG: Card = { title: '工单', severity: 'info', quote: '很长的描述。'.repeat(2500) };

const marked = (part: number, idempotencyKey = 'k', event_type = 'casebell') => ({
  ts: '2.000002',
  metadata: { event_type, event_payload: { idempotencyKey, part } },
});

/** Says the long card again where Slack answers so to looks and to posts; gives the parts that it posted. */
async function sayAgain(routes: Record<string, RequestListener>, to = TO, isRetry = true, words: string[] = []) {
  const parts: unknown[] = [];
  const post: RequestListener = async (request, response) => {
    const { metadata } = Object(await json(request));
    parts.push(metadata?.event_payload.part);
    const error = words.shift();
    response.end(JSON.stringify(error ? { ok: false, error } : { ok: true, ts: '9.000009' }));
  };
  const { came, error } = await scripted({ ...routes, [POST]: post }, (app) => app.send(LONG, to, 'k', isRetry));
  return { parts, error, looked: came.filter(({ path }) => path.includes('conversations')).map(({ path }) => path) };
}

const messages = (...found: object[]) => says({ ok: true, messages: found });

it('looks at nothing the first time', async () => {
  const { parts, looked } = await sayAgain({}, TO, false);
  expect(parts).toEqual([0, 1, 2, 3].slice(0, parts.length));
  expect(parts.length).toBeGreaterThan(2);
  expect(looked).toEqual([]);
});

it('says only what is missing in the thread', async () => {
  const whole = (await sayAgain({}, TO, false)).parts;
  const { parts, looked } = await sayAgain({ [REPLIES]: messages(marked(0), marked(2)) });
  expect(parts).toEqual(whole.filter((part) => part !== 0 && part !== 2));
  expect(looked).toHaveLength(1);
  const query = new URL(`http://x${looked[0]}`).searchParams;
  expect(Object.fromEntries(query)).toMatchObject({ channel: 'C0OPS', ts: '1.000001', include_all_metadata: 'true' });
  expect(Number(query.get('oldest'))).toBe(Date.UTC(2025, 11, 31) / 1000);
});

it('looks in the channel where there is no thread', async () => {
  const { looked, parts } = await sayAgain({ [HISTORY]: messages(marked(0)) }, { id: 'C0OPS', kind: 'group' });
  expect(looked[0]).toContain('conversations.history?channel=C0OPS&oldest');
  expect(parts[0]).toBe(1);
});

it('finds what is on a later page', async () => {
  const route: RequestListener = (request, response) => {
    const isFirst = !request.url?.includes('cursor=');
    const more = { has_more: isFirst, response_metadata: { next_cursor: isFirst ? 'next' : '' } };
    says({ ok: true, messages: isFirst ? [] : [marked(0)], ...more })(request, response);
  };
  const { looked, parts } = await sayAgain({ [REPLIES]: route });
  expect(looked).toHaveLength(2);
  expect(parts[0]).toBe(1);
});

it('is not misled by other keys and other apps', async () => {
  const { parts } = await sayAgain({ [REPLIES]: messages(marked(0, 'other'), marked(0, 'k', 'else'), {}) });
  expect(parts[0]).toBe(0);
});

it('knows a card again that was said in plain words', async () => {
  const plain = await sayAgain({}, TO, false, ['invalid_blocks']);
  expect(plain.parts).toEqual([0, -1]);
  const { parts, error } = await sayAgain({ [REPLIES]: messages(marked(-1)) });
  expect(error).toBeUndefined();
  expect(parts).toEqual([]);
});

it('says everything where it may not look, and fails where it cannot', async () => {
  const outside = await sayAgain({ [REPLIES]: says({ ok: false, error: 'not_in_channel' }) });
  expect(outside.parts[0]).toBe(0);
  const failed = await sayAgain({ [REPLIES]: says({ ok: false, error: 'internal_error' }) });
  expect(failed.error).toMatchObject({ retryable: true });
  expect(failed.parts).toEqual([]);
});
