import type { RequestListener } from 'node:http';
import type { Card } from '../card';
import type { Conversation, CreatedThread } from '../chat-app';
import { bodiesOf, type Route, withFakeSlack } from './fake-slack.fixture';

const POST = 'slack.com/api/chat.postMessage';
const UPDATE = 'slack.com/api/chat.update';
const HISTORY = 'slack.com/api/conversations.history';
const REPLIES = 'slack.com/api/conversations.replies';
const NOW = Date.UTC(2026, 0);

const CARD: Card = { title: '工单', severity: 'info', form: { command: 'open', submit: 'go', fields: [] } };
const LONG: Card = { title: '工单', severity: 'info', quote: '很长的描述。'.repeat(2500) };
const CHANNEL: Conversation = { id: 'C0OPS', kind: 'group' };
const THREAD: Conversation = { ...CHANNEL, thread: '1.000001' };

const marked = (part: number, { key = 'k', type = 'casebell', ts = '2.000002' } = {}) => ({
  ts,
  metadata: { event_type: type, event_payload: { idempotencyKey: key, part } },
});
const messages = (...found: object[]) => ({ ok: true, messages: found });
const rejected = (error: string) => ({ ok: false, error });
const partsIn = (bodies: Record<string, unknown>[]) =>
  bodies.map(({ metadata }) => Object(metadata).event_payload?.part);

/** Answers page by page, with a cursor that is the number of the next page. */
const paged =
  (...pages: object[][]): RequestListener =>
  (request, response) => {
    const page = Number(new URL(request.url ?? '', 'http://x').searchParams.get('cursor') ?? 0);
    const hasMore = page + 1 < pages.length;
    const next = { has_more: hasMore, response_metadata: { next_cursor: hasMore ? String(page + 1) : '' } };
    response.end(JSON.stringify({ ok: true, messages: pages[page], ...next }));
  };

async function send(card: Card, to: Conversation, routes: Record<string, Route> = {}, key?: string, isRetry = false) {
  const { calls, error } = await withFakeSlack(routes, (app) => app.send(card, to, key, isRetry));
  const bodies = bodiesOf(calls, 'chat.postMessage');
  return { calls, error, bodies, parts: partsIn(bodies), reads: calls.filter(({ method }) => method === 'GET') };
}

describe('send()', () => {
  it('posts a card in its thread, with its key in the metadata', async () => {
    const { bodies, error, reads } = await send(CARD, THREAD, {}, 'k');
    expect(error).toBeUndefined();
    expect(reads).toEqual([]);
    const metadata = { event_type: 'casebell', event_payload: { idempotencyKey: 'k', part: 0 } };
    expect(bodies).toMatchObject([{ channel: 'C0OPS', thread_ts: '1.000001', metadata, unfurl_links: false }]);
  });

  it.each(['invalid_blocks', 'msg_blocks_too_long'])('posts plain text after %s, once', async (word) => {
    const { bodies, error } = await send(CARD, THREAD, { [POST]: [rejected(word)] }, 'k');
    expect(error).toBeUndefined();
    expect(partsIn(bodies)).toEqual([0, -1]);
    expect(bodies[1]).toMatchObject({ text: '🔵 工单\ngo:\nopen', thread_ts: '1.000001' });
    expect(bodies[1]).not.toHaveProperty('blocks');
    const twice = await send(CARD, THREAD, { [POST]: [rejected(word), rejected(word)] });
    expect(twice.bodies).toHaveLength(2);
    expect(twice.error).toMatchObject({ code: word, payloadRejected: true });
  });

  it('posts all parts of a long card in order', async () => {
    const { parts } = await send(LONG, THREAD, {}, 'k');
    expect(parts.length).toBeGreaterThan(2);
    expect(parts).toEqual(parts.map((_, index) => index));
  });

  it('answers at the reply url where the bot is no member, until that expires', async () => {
    const url = 'https://hooks.slack.com/commands/T0/1/abcdef';
    const to = (expiresAt: number) => ({ ...THREAD, replyUrl: { url, expiresAt } });
    const { calls, error } = await send(CARD, to(NOW + 1), { [POST]: [rejected('not_in_channel')] });
    expect(error).toBeUndefined();
    expect(calls[1]?.path).toBe('/hooks.slack.com/commands/T0/1/abcdef');
    const options = { response_type: 'in_channel', replace_original: false, thread_ts: '1.000001' };
    expect(JSON.parse(calls[1]?.body ?? '')).toMatchObject(options);
    const expired = await send(CARD, to(NOW), { [POST]: [rejected('not_in_channel')] });
    expect(expired.error).toMatchObject({ code: 'not_in_channel' });
    const archived = await send(CARD, to(NOW + 1), { [POST]: [rejected('is_archived')] });
    expect(archived.calls).toHaveLength(1);
  });
});

describe('send() as a retry', () => {
  const retry = (routes: Record<string, Route>, to = THREAD) => send(LONG, to, routes, 'k', true);

  it('posts only the parts that are missing in the thread', async () => {
    const all = (await send(LONG, THREAD, {}, 'k')).parts;
    const { parts, reads } = await retry({ [REPLIES]: messages(marked(0), marked(2)) });
    expect(parts).toEqual(all.filter((part) => part !== 0 && part !== 2));
    expect(reads).toHaveLength(1);
    const query = new URL(`http://x${reads[0]?.path}`).searchParams;
    expect(Object.fromEntries(query)).toMatchObject({ channel: 'C0OPS', ts: '1.000001', include_all_metadata: 'true' });
    expect(Number(query.get('oldest'))).toBe((NOW - 86_400_000) / 1000);
  });

  it('looks in the channel where there is no thread', async () => {
    const { reads, parts } = await retry({ [HISTORY]: messages(marked(0)) }, CHANNEL);
    expect(reads[0]?.path).toContain('conversations.history?channel=C0OPS&oldest');
    expect(parts[0]).toBe(1);
  });

  it('finds parts on a later page', async () => {
    const { reads, parts } = await retry({ [REPLIES]: paged([], [marked(0)]) });
    expect(reads).toHaveLength(2);
    expect(parts[0]).toBe(1);
  });

  it('ignores other keys, other apps and broken metadata', async () => {
    const strange = [{}, { metadata: 7 }, { metadata: { event_type: 'casebell', event_payload: null } }];
    const others = [marked(0, { key: 'other' }), marked(0, { type: 'else' }), ...strange];
    expect((await retry({ [REPLIES]: messages(...others) })).parts[0]).toBe(0);
  });

  it('posts nothing where the card is there as plain text', async () => {
    const { parts, error } = await retry({ [REPLIES]: messages(marked(-1)) });
    expect(error).toBeUndefined();
    expect(parts).toEqual([]);
  });

  it('posts everything where it may not look, and fails where looking fails', async () => {
    expect((await retry({ [REPLIES]: rejected('not_in_channel') })).parts[0]).toBe(0);
    const failed = await retry({ [REPLIES]: rejected('internal_error') });
    expect(failed.error).toMatchObject({ retryable: true });
    expect(failed.parts).toEqual([]);
  });
});

describe('createThread()', () => {
  const REQUEST = { name: '工单', members: ['U1'], link: { label: '工单', url: 'https://a.example' }, card: LONG };

  async function create(routes: Record<string, Route>, request = REQUEST) {
    let thread: CreatedThread | undefined;
    const { calls, error } = await withFakeSlack(routes, async (app) => {
      thread = await app.createThread?.(request, CHANNEL, 'k');
    });
    const reads = calls.filter(({ path }) => path.includes('history'));
    return { thread, error, reads, bodies: bodiesOf(calls, 'chat.postMessage') };
  }

  it('posts the card in the channel and its other parts below it', async () => {
    const { thread, bodies, reads } = await create({ [HISTORY]: paged([marked(0, { key: 'other' }), marked(1)]) });
    expect(thread).toEqual({ ...CHANNEL, thread: '9.000009', card: '9.000009' });
    expect(bodies[0]).not.toHaveProperty('thread_ts');
    expect(bodies.length).toBeGreaterThan(2);
    for (const { thread_ts } of bodies.slice(1)) expect(thread_ts).toBe('9.000009');
    expect(Object.fromEntries(new URL(`http://x${reads[0]?.path}`).searchParams)).toEqual({
      channel: 'C0OPS',
      oldest: ((NOW - 86_400_000) / 1000).toFixed(6),
      limit: '100',
      include_all_metadata: 'true',
    });
  });

  it('continues a thread that an earlier call began, and posts only what is missing', async () => {
    const whole = await create({});
    const history = paged([], [], [marked(0, { ts: '3.000003' })]);
    const { thread, bodies } = await create({ [HISTORY]: history, [REPLIES]: messages(marked(1)) });
    expect(thread).toEqual({ ...CHANNEL, thread: '3.000003', card: '3.000003' });
    expect(bodies).toHaveLength(whole.bodies.length - 2);
    for (const { thread_ts } of bodies) expect(thread_ts).toBe('3.000003');
  });

  it('searches five pages at most', async () => {
    expect((await create({ [HISTORY]: paged(...Array.from({ length: 9 }, () => [])) })).reads).toHaveLength(5);
  });

  it('mentions every member once', async () => {
    const card: Card = { title: '工单', severity: 'info', mentions: [{ id: 'U1' }, { everyone: true }] };
    const { bodies } = await create({}, { ...REQUEST, card, members: ['U1', 'U2', 'U2'] });
    expect(JSON.stringify(bodies)).toContain('"<@U1> <!channel> <@U2>"');
  });

  it('fails where Slack does not return a timestamp', async () => {
    const { error } = await create({ [POST]: { ok: true } });
    expect(error).toMatchObject({ retryable: true, outcomeUnknown: 'unclear' });
  });
});

describe('update()', () => {
  const SOLVED: Card = { title: '工单已解决', severity: 'resolved' };

  async function update(card: Card, ...answers: object[]) {
    const { calls, error } = await withFakeSlack({ [UPDATE]: answers }, async (app) =>
      app.update?.('1.000001', card, THREAD),
    );
    return { error, bodies: bodiesOf(calls, 'chat.update') };
  }

  it('replaces everything that the message shows, and keeps its metadata', async () => {
    const { bodies, error } = await update(SOLVED);
    expect(error).toBeUndefined();
    expect(bodies).toMatchObject([{ channel: 'C0OPS', ts: '1.000001', attachments: [], text: '🟢 工单已解决' }]);
    expect(bodies[0]).not.toHaveProperty('metadata');
    expect(bodies[0]).not.toHaveProperty('thread_ts');
  });

  it('marks its buttons as those of the root of a thread', async () => {
    const { bodies } = await update({ ...SOLVED, buttons: [{ label: '重新打开', command: 'reopen' }] });
    expect(JSON.stringify(bodies)).toContain('"press-root:0"');
  });

  it('shows the first message of a card that takes several', async () => {
    const { bodies, error } = await update(LONG);
    expect(error).toBeUndefined();
    expect(bodies).toHaveLength(1);
  });

  it('shows plain text where Slack rejects the blocks', async () => {
    const { bodies, error } = await update(SOLVED, rejected('invalid_blocks'));
    expect(error).toBeUndefined();
    expect(bodies[1]).toMatchObject({ text: '🟢 工单已解决', blocks: [], attachments: [] });
  });

  it.each([
    ['message_not_found', /deleted/],
    ['cant_update_message', /cannot be changed/],
    ['edit_window_closed', /admin/],
    ['is_inactive', /cannot be changed/],
  ])('fails for good after %s', async (word, reason) => {
    const { error } = await update(SOLVED, rejected(word));
    expect(error).toMatchObject({ code: word, retryable: false, message: expect.stringMatching(reason) });
  });
});
