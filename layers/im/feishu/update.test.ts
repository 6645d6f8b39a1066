import type { Card } from '../card';
import type { Conversation, CreatedThread } from '../chat-app';
import { failureOf } from './files.fixture';
import { type AtWork, atWork } from './workplace.fixture';

const OPEN: Card = {
  title: '工单 42',
  severity: 'warning',
  text: '处理中',
  buttons: [{ label: '关闭 Close', command: '关闭 42' }],
};
const CLOSED: Card = {
  title: '工单 42 已关闭',
  severity: 'resolved',
  buttons: [{ label: '重开 Reopen', command: '重开 42' }],
};

let here: AtWork;
let place: CreatedThread;
beforeEach(async () => {
  here = await atWork();
  const link = { label: 'Case 42', url: 'https://console.aws.example/42' };
  const asked = { name: '工单 42', members: [here.people[0]], link, card: OPEN };
  const opened = await here.app.createThread?.(asked, { id: here.group.id, kind: 'group' }, 'case-42');
  if (!opened) throw new Error('no place was opened');
  place = opened;
});
afterEach(() => here.close());

const talk = () => here.workplace.conversations.find(({ id }) => id === place.id);
const update = (card: Card, message = place.card ?? '', at: Conversation = place) =>
  here.app.update?.(message, card, at);

it('shows another card in the same place, with its buttons', async () => {
  await update(CLOSED);
  expect(talk()?.posts).toMatchObject([
    { id: place.card, view: { title: CLOSED.title, mark: 'green' }, controls: [{ label: '重开 Reopen' }] },
  ]);
  expect(talk()?.posts[0]?.view.lines).not.toContain('处理中');
});

it('lets a person press what is shown now, and nothing of before', async () => {
  await here.workplace.subscribe(here.callbackUrl);
  await update(CLOSED);
  await here.workplace.press(here.people[0], place.id, '重开 Reopen');
  expect(here.callbacks.at(-1)).toMatchObject({ message: { text: '重开 42', conversation: { id: place.id } } });
  await expect(here.workplace.press(here.people[0], place.id, '关闭 Close')).rejects.toThrow('no button');
});

it('knows the card again when a place is opened twice', async () => {
  const link = { label: 'Case 42', url: 'https://console.aws.example/42' };
  const asked = { name: '工单 42', members: [here.people[0]], link, card: OPEN };
  expect(await here.app.createThread?.(asked, { id: here.group.id, kind: 'group' }, 'case-42')).toEqual(place);
});

it('cuts a card to what one message holds, and tears no character', async () => {
  await update({ ...CLOSED, text: '**请看** 👨‍👩‍👧‍👦'.repeat(100), quote: '实例已停止。'.repeat(20_000) });
  await update({ ...CLOSED, text: '实例已停止。'.repeat(20_000) });
  await update({
    ...CLOSED,
    facts: Array.from({ length: 900 }, (_, at) => ({ label: `标签 ${at}`, value: '值'.repeat(50) })),
  });
  expect(talk()?.posts).toHaveLength(1);
  expect(here.workplace.rejections).toEqual([]);
});

it('shows in plain words what is refused', async () => {
  await update({ ...CLOSED, mentions: [{ id: 'ou_nobody', name: 'Li' }] });
  expect(here.workplace.rejections).toMatchObject([{ body: { code: 230099 } }]);
  const seen = talk()?.posts[0]?.view;
  expect([seen?.title, ...(seen?.lines ?? [])].join('\n')).toContain('工单 42 已关闭');
});

const age = (ms: number) => {
  here.clock.now += ms;
};

it.each([
  ['is over 14 days old', () => age(14 * 86_400_000 + 1), '230031', /14 days/],
  ['was taken back', () => here.workplace.recall(place.card ?? ''), '230011', /recalled/],
])('says that a card %s, and stays as it is', async (_, spoil, code, words) => {
  spoil();
  const error = await failureOf(update(CLOSED));
  expect(error).toMatchObject({ code, retryable: false, message: expect.stringMatching(words) });
  expect(talk()?.posts[0]?.view.title).toBe(OPEN.title);
});

it('shows nothing where there is no card of ours', async () => {
  await here.workplace.subscribe(here.callbackUrl);
  await here.workplace.say(here.people[0], place.id, '你好');
  const words = talk()?.posts.at(-1)?.id ?? '';
  for (const message of [words, 'om_nothing'])
    expect(await failureOf(update(CLOSED, message))).toMatchObject({ code: '230001' });
  const calls = here.workplace.rejections.length;
  for (const message of ['', '../chats/x'])
    expect(await failureOf(update(CLOSED, message))).toMatchObject({ retryable: false });
  expect(here.workplace.rejections).toHaveLength(calls);
});

it('may try again when it was too fast, or when the answer was lost', async () => {
  for (let shown = 0; shown < 5; shown++) await update(CLOSED);
  expect(await failureOf(update(OPEN))).toMatchObject({ code: '230020', retryable: true, throttled: true });
  here.clock.now += 1000;
  here.workplace.injectFault('/messages/', 'lost', 1);
  expect(await failureOf(update(OPEN))).toMatchObject({ retryable: true, outcomeUnknown: 'unanswered' });
  await update(OPEN);
  expect(talk()?.posts).toMatchObject([{ view: { title: OPEN.title } }]);
});
