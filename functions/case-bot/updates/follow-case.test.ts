import type { ChatApp, Conversation } from '@casebell/im/bots';
import { handleMessage } from '../conversation/handle-message';
import { LEASE_MS } from '../domain/case-store';
import { refusal } from '../memory-chat.fixture';
import {
  caseEvent,
  commandOf,
  createTestContext,
  fileCase,
  REQUEST,
  type TestContext,
  textForm,
} from '../test-context.fixture';
import { handleCaseEvent } from './case-event';
import { poll } from './poll';

let t: TestContext;
beforeEach(async () => {
  t = createTestContext({ hasGroups: true, bot: { newCaseConversation: 'cid-cases' } });
  await t.poll();
});
const newest = () => t.support.engineer.cases()[0] ?? { displayId: '', caseId: '' };
/** Opens a case elsewhere, a minute ago. */
async function open(subject = '控制台开的'): Promise<string> {
  t.clock.now += 60_000;
  await t.client.createCase({ ...REQUEST, subject });
  t.clock.now += 60_000;
  return newest().displayId;
}
const conversationsOf = (quote: string) =>
  t.chat.posts.filter(({ card }) => card.quote === quote).map(({ to }) => to.id);
const cardsOf = (subject: string) =>
  t.chat.posts.filter(({ card }) => card.title.includes(subject)).map(({ to }) => to.id);

it('a case that was opened elsewhere is followed on demand, and its later replies are delivered', async () => {
  t = createTestContext();
  const id = await open();
  t.clock.now += 3_600_000;
  expect((await t.say(`关注工单 ${id}`))?.title).toContain('更新会发到这里');
  t.chat.posts.length = 0;
  t.support.engineer.answer(id, '新的');
  await handleCaseEvent(caseEvent(t, id), t.worker);
  expect(t.chat.posts.map(({ card, to }) => [card.quote, to.id])).toEqual([['新的', 'cid1']]);
  expect((await t.say(`follow ${id}`))?.title).toContain('已在关注');
});
it('new cases of an account are posted where the bot’s profile wants them, the first among them, and no old ones', async () => {
  t = createTestContext({ bot: { newCaseConversation: 'cid-cases' } });
  await open('第一个');
  await t.poll();
  expect(t.chat.posts).toEqual([]);
  await open('第二个');
  await t.poll();
  await t.poll();
  expect([cardsOf('第二个'), conversationsOf('旧内容'), t.chat.posts.length]).toEqual([
    ['cid-cases'],
    ['cid-cases'],
    2,
  ]);
});
it('two workers that find a new case at the same time post one card', async () => {
  await open('同时');
  await Promise.all([poll(t.worker), poll(t.worker)]);
  await t.poll();
  expect([cardsOf('同时'), conversationsOf('旧内容'), t.chat.sends.length]).toEqual([['cid-cases'], ['cid-cases'], 2]);
});
it('a case that is being filed from a chat is left to its own group, also where the poll finds it first', async () => {
  const { createThread } = t.ctx.app;
  t.ctx.app.createThread = async (...args) => {
    await t.poll();
    return createThread?.(...args) ?? { id: '', kind: 'group' };
  };
  const { id, group } = await fileCase(t);
  t.support.engineer.answer(id, '一');
  await t.poll();
  expect([conversationsOf('一'), t.chat.posts.filter(({ to }) => to.id === 'cid-cases')]).toEqual([[group], []]);
});
it('a case whose event is faster than its group is delivered in its group', async () => {
  const { createThread } = t.ctx.app;
  t.ctx.app.createThread = async (...args) => {
    await handleCaseEvent(caseEvent(t, newest().displayId, 'CreateCase', ''), t.worker);
    return createThread?.(...args) ?? { id: '', kind: 'group' };
  };
  const press = t.message(commandOf(await t.say(textForm())));
  await handleMessage(press, t.ctx).catch(() => undefined);
  t.clock.now += LEASE_MS;
  t.support.engineer.answer(newest().displayId, '请重启');
  await t.poll();
  expect(conversationsOf('请重启')).toEqual([`oc_${/CB-\w+/.exec(press.text)?.[0]}`]);
  expect(t.chat.posts.filter(({ to }) => to.id === 'cid-cases')).toEqual([]);
});
it('a case whose group cannot be opened now is delivered where it was opened', async () => {
  t.ctx.app.createThread = () => Promise.reject(refusal({ retryable: true }));
  await expect(t.press(await t.say(textForm()))).rejects.toMatchObject({ userMessage: expect.anything() });
  t.clock.now += LEASE_MS;
  t.support.engineer.answer(newest().displayId, '请重启');
  await t.poll();
  expect(conversationsOf('请重启')).toEqual(['cid1']);
});
it('a new case that cannot be posted where the profile wants it is followed where a user asks for it', async () => {
  t.chat.beforeSend = (_card, to) => {
    if (to.id === 'cid-cases') throw refusal();
  };
  const id = await open();
  await t.poll();
  expect((await t.say(`关注工单 ${id}`))?.title).toContain('会发到这里');
  await t.poll();
  expect(conversationsOf('旧内容')).toEqual(['cid1']);
});
it('what is written in the thread of a followed case on Slack goes to that case, and nothing of the channel', async () => {
  const thread = { id: 'C1', kind: 'group', thread: '1.2' } as const;
  const createThread = async () => ({ ...thread, card: '1.2' });
  const app: ChatApp = { ...t.ctx.app, createsThreadsInConversation: true, createThread };
  const slack = { ...t.ctx, app, bot: { ...t.ctx.bot, platform: 'slack', name: 'slack/main' } };
  const id = await open();
  const say = (text: string, conversation: Conversation) =>
    handleMessage(t.message(text, { platform: 'slack', conversation, isForBot: text.startsWith('follow') }), slack);
  await say(`follow ${id}`, { id: 'C1', kind: 'group' });
  await say('还是连不上', thread);
  await say('午饭吃什么', { id: 'C1', kind: 'group' });
  const bodies = t.support.engineer.cases()[0]?.communications.map(({ body }) => body.split('\n')[0]);
  expect(bodies).toEqual(['旧内容', '还是连不上']);
});
