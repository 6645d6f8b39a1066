import type { RequestListener } from 'node:http';
import { json } from 'node:stream/consumers';
import type { Card } from '../card';
import { says, scripted } from './scripted.fixture';

const UPDATE = 'slack.com/api/chat.update';
const AT = { id: 'C0OPS', kind: 'group' as const, thread: '1.000001' };
const CARD: Card = { title: '工单已解决', severity: 'resolved' };

/** Shows the card where Slack answers with these words one after the other, and then yes. */
async function show(card: Card, ...words: string[]) {
  const said: Record<string, unknown>[] = [];
  const route: RequestListener = async (request, response) => {
    said.push((await json(request)) as Record<string, unknown>);
    const error = words.shift();
    response.end(JSON.stringify(error ? { ok: false, error } : { ok: true }));
  };
  const { error } = await scripted({ [UPDATE]: route }, async (app) => app.update?.('1.000001', card, AT));
  return { said, error };
}

it('replaces everything that the message has shown, and keeps its mark', async () => {
  const { said, error } = await show(CARD);
  expect(error).toBeUndefined();
  expect(said).toMatchObject([{ channel: 'C0OPS', ts: '1.000001', attachments: [], text: '🟢 工单已解决' }]);
  expect(said[0]).not.toHaveProperty('metadata');
  expect(said[0]).not.toHaveProperty('thread_ts');
});

it('keeps the thread of whoever presses its buttons', async () => {
  const { said } = await show({ ...CARD, buttons: [{ label: '重新打开', command: 'reopen' }] });
  expect(JSON.stringify(said)).toContain('"press-root:0"');
});

it('shows the first message of a card that takes several', async () => {
  const { said, error } = await show({ ...CARD, quote: '很长。'.repeat(9000) });
  expect(error).toBeUndefined();
  expect(said).toHaveLength(1);
});

it('shows it in plain words where Slack does not take its blocks', async () => {
  const { said, error } = await show(CARD, 'invalid_blocks');
  expect(error).toBeUndefined();
  expect(said[1]).toMatchObject({ text: '🟢 工单已解决', blocks: [], attachments: [] });
});

it.each([
  ['message_not_found', /deleted/],
  ['cant_update_message', /cannot be changed/],
  ['edit_window_closed', /admin/],
  ['is_inactive', /cannot be changed/],
  ['channel_not_found', /\/invite/],
])('gives up after %s, and says why', async (word, reason) => {
  const { error } = await scripted({ [UPDATE]: says({ ok: false, error: word }) }, async (app) =>
    app.update?.('1.000001', CARD, AT),
  );
  expect(error).toMatchObject({ code: word, retryable: false, message: expect.stringMatching(reason) });
});
