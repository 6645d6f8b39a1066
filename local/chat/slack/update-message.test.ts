import type { Card, CreatedThread } from '@casebell/im/bots';
import { type Bot, startBot } from './bot.fixture';
import { CHANNEL, SECRETS } from './organisation';

const LI = 'U0LILEI001';
const CARD: Card = { title: '工单 42', severity: 'warning', buttons: [{ label: '关闭', command: 'close' }] };
const PLACE = { name: '工单 42', members: [LI], link: { label: 'x', url: 'https://a.example/42' }, card: CARD };
const FROM = { id: CHANNEL, kind: 'group' as const };

let bot: Bot;
let opened: CreatedThread;
beforeEach(async () => {
  bot = await startBot();
  opened = (await bot.app.createThread?.(PLACE, FROM, 'case-42')) ?? FROM;
});
afterEach(() => bot.close());

const talk = (id: string) => bot.workspace.conversations.find((each) => each.id === id);
const show = (card: Card) => bot.app.update?.(opened.card ?? '', card, opened);

async function change(args: object) {
  const headers = { authorization: `Bearer ${SECRETS.botToken}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ channel: CHANNEL, ts: opened.card, ...args });
  return Object(
    await (await fetch(`${bot.platforms}/slack.com/api/chat.update`, { method: 'POST', headers, body })).json(),
  );
}

it('shows another card where the first one stood, in the channel and in the thread', async () => {
  await bot.workspace.say(LI, opened.thread ?? '', '好');
  await show({ title: '工单 42 已解决', severity: 'resolved', buttons: [{ label: '重新打开', command: 'reopen' }] });
  for (const id of [CHANNEL, opened.thread ?? '']) {
    expect(talk(id)?.posts[0]).toMatchObject({
      id: opened.card,
      view: { title: '工单 42 已解决' },
      controls: [{ kind: 'button', label: '重新打开' }],
    });
  }
  expect(talk(CHANNEL)?.posts).toHaveLength(1);
  expect(talk(opened.thread ?? '')?.posts).toHaveLength(2);
});

it('is pressed in its thread from then on', async () => {
  await show({ ...CARD, buttons: [{ label: '重新打开', command: 'reopen' }] });
  await expect(bot.workspace.press(LI, CHANNEL, '关闭')).rejects.toThrow(/no button/);
  await bot.workspace.press(LI, CHANNEL, '重新打开');
  expect(bot.heard).toMatchObject([{ text: 'reopen', conversation: { thread: opened.thread } }]);
});

it('takes away what the new card does not have', async () => {
  await show({ title: '完', severity: 'info' });
  expect(talk(CHANNEL)?.posts[0]).toMatchObject({ view: { title: '完', lines: [], mentions: [] }, controls: [] });
});

it('is found by its key all the same, and not heard as a message', async () => {
  await show({ title: '完', severity: 'info' });
  expect(await bot.app.createThread?.(PLACE, FROM, 'case-42')).toEqual(opened);
  expect(talk(CHANNEL)?.posts).toHaveLength(1);
  await bot.workspace.say(LI, CHANNEL, '早');
  expect(bot.heard.map(({ text }) => text)).toEqual(['早']);
  expect(bot.unheard).toContain('not a new message of a person');
});

it('keeps what is not given, but no blocks beside a new text', async () => {
  expect(await change({ text: '只有字' })).toMatchObject({ ok: true, message: { blocks: [], attachments: [{}] } });
  expect(await change({ attachments: [] })).toMatchObject({ ok: true, message: { text: '只有字', attachments: [] } });
  expect(await change({ text: 'x' })).toMatchObject({ message: { metadata: { event_type: 'casebell' } } });
});

it('changes only messages of the bot that exist, and refuses what nobody can show', async () => {
  await bot.workspace.say(LI, CHANNEL, '我的');
  const ts = talk(CHANNEL)?.posts.at(-1)?.id;
  expect(await change({ ts, text: 'x' })).toMatchObject({ error: 'cant_update_message' });
  expect(await change({ ts: '1.1', text: 'x' })).toMatchObject({ error: 'message_not_found' });
  expect(await change({ channel: 'C0NOBODY00', text: 'x' })).toMatchObject({ error: 'channel_not_found' });
  expect(await change({})).toMatchObject({ error: 'no_text' });
  expect(await change({ blocks: [{ type: 'hr' }] })).toMatchObject({ error: 'invalid_blocks' });
  expect(talk(CHANNEL)?.posts.map(({ view }) => view.title || view.lines[0])).toEqual(['工单 42', '我的']);
});
