import { against } from '../against.fixture';
import type { Card } from '../card';
import { slackBot } from './bot';

const SECRETS = { botToken: 'xoxb-111111111111', signingSecret: '8f742231b10e8888abcd99yyyzzz85a5' };
const CARD: Card = { title: '工单', severity: 'info' };
const PLACE = { name: '工单', members: ['U1'], link: { label: '工单', url: 'https://a.example' }, card: CARD };
const FROM = { id: 'C0OPS', kind: 'group' as const };
const NOW = Date.UTC(2026, 0);

const marked = (ts: string, idempotencyKey: string, part = 0) => ({
  ts,
  metadata: { event_type: 'casebell', event_payload: { idempotencyKey, part } },
});

/** Opens a place where Slack has this in its history, page by page, and in the thread; gives the calls that came. */
async function open(pages: object[][], replies: object[] = [], place = PLACE) {
  const calls: URL[] = [];
  const posts: Record<string, unknown>[] = [];
  const opened = await against(
    async (request, response) => {
      const url = new URL(request.url ?? '', 'http://x');
      calls.push(url);
      const page = Number(url.searchParams.get('cursor') ?? 0);
      const history = {
        messages: pages[page] ?? [],
        has_more: page + 1 < pages.length,
        response_metadata: { next_cursor: page + 1 < pages.length ? String(page + 1) : '' },
      };
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      if (request.method === 'POST') posts.push(JSON.parse(Buffer.concat(chunks).toString()));
      const answer = url.pathname.endsWith('history') ? history : { messages: replies, ts: '9.000009' };
      response.end(JSON.stringify({ ok: true, ...answer }));
    },
    async (runtime) => slackBot.open(SECRETS, runtime).createThread?.(place, FROM, 'case-1'),
  );
  return { opened, posts, calls };
}

it('opens a thread where nobody has opened it yet', async () => {
  const { opened, posts, calls } = await open([[marked('1.000001', 'case-2'), { ts: '2.000002' }]]);
  expect(opened).toEqual({ ...FROM, thread: '9.000009', card: '9.000009' });
  expect(posts).toMatchObject([
    { channel: 'C0OPS', metadata: { event_payload: { idempotencyKey: 'case-1', part: 0 } } },
  ]);
  expect(posts[0]).not.toHaveProperty('thread_ts');
  expect(Object.fromEntries(calls[0]?.searchParams ?? [])).toEqual({
    channel: 'C0OPS',
    oldest: ((NOW - 86_400_000) / 1000).toFixed(6),
    limit: '100',
    include_all_metadata: 'true',
  });
});

it('finds it on a later page, and gives up after five', async () => {
  const found = await open([[], [], [marked('3.000003', 'case-1')]]);
  expect(found.opened).toEqual({ ...FROM, thread: '3.000003', card: '3.000003' });
  expect(found.posts).toEqual([]);
  const { calls, posts } = await open(Array.from({ length: 9 }, () => []));
  expect(calls.filter(({ pathname }) => pathname.endsWith('history'))).toHaveLength(5);
  expect(posts).toHaveLength(1);
});

it('is not misled by marks of other apps and other parts', async () => {
  const other = {
    ts: '1.000001',
    metadata: { event_type: 'other', event_payload: { idempotencyKey: 'case-1', part: 0 } },
  };
  const strange = { ts: '1.000002', metadata: { event_type: 'casebell', event_payload: null } };
  const { posts } = await open([[other, strange, marked('1.000003', 'case-1', 1), { ts: '1.000004', metadata: 7 }]]);
  expect(posts).toHaveLength(1);
});

it('says only what an earlier call left unsaid', async () => {
  const long = { ...PLACE, card: { ...CARD, quote: '很长的描述。'.repeat(2500) } };
  const whole = (await open([[]], [], long)).posts;
  expect(whole.length).toBeGreaterThan(2);
  const { posts, opened } = await open([[marked('3.000003', 'case-1')]], [marked('4.000004', 'case-1', 1)], long);
  expect(opened).toMatchObject({ thread: '3.000003' });
  expect(posts).toHaveLength(whole.length - 2);
  for (const { thread_ts } of posts) expect(thread_ts).toBe('3.000003');
});

it('calls everybody once', async () => {
  const card: Card = { ...CARD, mentions: [{ id: 'U1' }, { everyone: true }] };
  const { posts } = await open([[]], [], { ...PLACE, card, members: ['U1', 'U2', 'U2'] });
  expect(JSON.stringify(posts)).toContain('"<@U1> <!channel> <@U2>"');
});
