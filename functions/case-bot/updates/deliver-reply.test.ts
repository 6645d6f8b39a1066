import { LEASE_MS } from '../domain/case-store';
import { refusal } from '../memory-chat.fixture';
import { caseEvent, createTestContext, fileCase, followCase, type TestContext } from '../test-context.fixture';
import { handleCaseEvent, handleCaseEventWithRetry } from './case-event';

let t: TestContext;
let id = '';
let group = '';
beforeEach(async () => {
  t = createTestContext({ hasGroups: true });
  ({ id, group } = await fileCase(t));
});

const { engineer } = { engineer: () => t.support.engineer };
const home = () => ({ conversation: { id: group, kind: 'group' as const } });
const caseId = () => engineer().cases()[0]?.caseId ?? '';

it('a reply of AWS is delivered unchanged where the case lives, with its author and time', async () => {
  const body = 'Run "df -h" in C:\\temp:\n```\n| a | b |\n```\n谢谢';
  engineer().answer(id, body);
  await handleCaseEvent(caseEvent(t, id), t.worker);
  expect(t.chat.posts).toMatchObject([{ to: { id: group }, card: { title: `AWS 回复了工单 ${id}`, quote: body } }]);
  const facts = t.chat.posts[0]?.card.facts?.map(({ value }) => value);
  expect(facts).toEqual(['Amazon Web Services', expect.stringMatching(/2026/)]);
});
it('a reply is delivered once, however many events and polls find it, and is counted once', async () => {
  engineer().answer(id, '一');
  for (let times = 0; times < 3; times += 1) await handleCaseEvent(caseEvent(t, id), t.worker);
  await t.poll();
  expect([t.quotes(), t.metrics.counts.CaseUpdatesDelivered]).toEqual([['一'], 1]);
});
it('replies are delivered in the order in which they were written, also those of one moment', async () => {
  for (const body of ['一', '二']) engineer().answer(id, body);
  t.clock.now += 1_000;
  engineer().answer(id, '三');
  await t.poll();
  expect([t.quotes().slice(0, 2).sort(), t.quotes()[2]]).toEqual([['一', '二'], '三']);
  engineer().answer(id, '四');
  await t.poll();
  expect(t.quotes().slice(3)).toEqual(['四']);
});
it('more replies than a page has are each delivered once, while another is written', async () => {
  const bodies = Array.from({ length: 130 }, (_, index) => `${index}`);
  for (const body of bodies) {
    t.clock.now += 100;
    engineer().answer(id, body);
  }
  const { controls } = t.support;
  controls.onCall = (operation) => {
    if (operation !== 'DescribeCommunications') return;
    controls.onCall = undefined;
    engineer().answer(id, '迟');
  };
  await t.poll();
  await t.poll();
  expect(t.support.calls.filter((call) => call === 'DescribeCommunications').length).toBeGreaterThan(1);
  expect(t.quotes()).toEqual([...bodies, '迟']);
});
it('what was typed in the case’s own conversation is not delivered there; what was written elsewhere is', async () => {
  await t.say('我们重启过了', home());
  await t.say(`回复 ${id} 从别的群回复`);
  await t.client.addCommunication(caseId(), '控制台里写的');
  t.chat.posts.length = 0;
  await t.poll();
  expect(
    t
      .quotes()
      .map((quote) => quote?.split('\n')[0])
      .sort(),
  ).toEqual(['从别的群回复', '控制台里写的']);
});
it('a reply that quotes our reference or our mark is delivered all the same', async () => {
  await t.say('我们重启过了', home());
  t.clock.now += 1_000;
  const own =
    engineer()
      .cases()[0]
      ?.communications.map(({ body }) => body) ?? [];
  for (const body of own) engineer().answer(id, `请看\n\n> ${body}`);
  await t.client.addCommunication(caseId(), `邮件回复\n\n${own[0]}\n> 引用`);
  t.chat.posts.length = 0;
  await t.poll();
  expect([own.length, t.quotes().length]).toEqual([2, 3]);
});
it('files of AWS are forwarded; one that the chat refuses is named with its size', async () => {
  const data = Buffer.alloc(300_000, 7);
  engineer().answer(
    id,
    '见附件',
    ['日志.txt', 'tool.exe'].map((fileName) => ({ fileName, data })),
  );
  await handleCaseEvent(caseEvent(t, id), t.worker);
  expect(t.chat.files).toEqual([{ name: '日志.txt', size: 300_000, bytes: 300_000 }]);
  expect(t.chat.posts.at(-1)?.card.facts?.[0]?.value).toBe('tool.exe (293 KB)');
});
it('a file that AWS fails to give out twice is named, and does not stop the next reply', async () => {
  engineer().answer(id, '见附件', [{ fileName: '日志.txt', data: Buffer.from('x') }]);
  t.clock.now += 1_000;
  engineer().answer(id, '下一条');
  t.support.controls.fault = { kind: 'error', operation: 'GetAttachmentDownloadLink' };
  await t.poll();
  expect(t.quotes()).toEqual(['见附件']);
  await t.poll();
  expect(t.quotes().at(-1)).toBe('下一条');
  const note = t.chat.posts.find(({ card }) => card.facts?.[0]?.value === '日志.txt');
  expect(note?.card.links).toHaveLength(1);
});
it('a status is delivered, the last with the course of the case; the case’s card shows it', async () => {
  engineer().answer(id, '请重启');
  engineer().pend(id);
  await t.poll();
  expect(t.chat.posts.at(-1)?.card.title).toBe(`工单 ${id}：等待您回复`);
  t.clock.now += 7_200_000;
  engineer().resolve(id);
  await handleCaseEvent(caseEvent(t, id, 'ResolveCase', ''), t.worker);
  expect(t.chat.posts.at(-1)?.card).toMatchObject({
    ...{ title: `工单 ${id} 已解决`, severity: 'resolved' },
    text: '历时 2 小时解决：我方 1 条消息，AWS 1 条回复。',
  });
  const { message, card } = t.chat.updates.at(-1) ?? {};
  expect([message, card?.facts?.[0]?.value]).toEqual([group.replace('oc_', 'om_'), '已解决']);
  const before = t.chat.posts.length;
  await t.poll();
  expect(t.chat.posts).toHaveLength(before);
});
it('a reply that AWS announced and does not show yet is retried after longer and longer pauses, then left to the poll', async () => {
  t.support.controls.lagMs = 30_000;
  engineer().answer(id, '迟到的');
  const pauses: number[] = [];
  const event = JSON.stringify(caseEvent(t, id));
  const handle = (tries: number) =>
    handleCaseEventWithRetry(event, tries, t.worker, async (pause) => void pauses.push(pause));
  expect([await handle(1), await handle(2), await handle(5), await handle(7)]).toEqual([false, false, false, true]);
  expect(pauses).toEqual([2, 5, 120]);
  t.clock.now += 31_000;
  expect(await handle(3)).toBe(true);
  expect(t.quotes()).toEqual(['迟到的']);
});
it('three workers at the same time deliver each reply once', async () => {
  for (const body of ['一', '二']) engineer().answer(id, body);
  await Promise.all([t.poll(), t.poll(), t.poll()]);
  t.clock.now += LEASE_MS;
  await t.poll();
  expect(t.quotes().sort()).toEqual(['一', '二']);
  expect(t.chat.sends).toHaveLength(t.chat.posts.length + 2);
});
it('a reply that the chat did not accept is delivered by the next poll', async () => {
  engineer().answer(id, '一');
  t.chat.beforeSend = () => Promise.reject(new Error('the chat is down'));
  await t.poll();
  expect(t.quotes()).toEqual([]);
  t.chat.beforeSend = () => undefined;
  await t.poll();
  expect(t.quotes()).toEqual(['一']);
});
it('a reply whose text the chat refuses is named with a link, and the next is delivered', async () => {
  t.chat.beforeSend = ({ quote }) => {
    if (quote?.includes('敏感')) throw refusal({ reason: 'a sensitive word' });
  };
  engineer().answer(id, '敏感');
  t.clock.now += 1_000;
  engineer().answer(id, '下一条');
  await t.poll();
  expect(t.quotes()).toEqual([undefined, '下一条']);
  const links = [{ label: '打开支持中心' }];
  expect(t.chat.posts[0]?.card).toMatchObject({ title: `AWS 回复了工单 ${id}`, links });
});

const ENGLISH = `Hello,

Thank you for contacting AWS Support. I have looked into the instance i-0123456789abcdef0 in ap-southeast-1 and found that its root volume ran full.
Please extend the volume and restart the instance before December 1, 2026. Reply with: the output of df -h, should it happen again.

Best regards`;
const SUMMARY = '实例 i-0123456789abcdef0 的根卷已写满。\n请在 December 1, 2026 之前扩容该卷并重启实例。';

describe('with a model', () => {
  beforeEach(async () => {
    t = createTestContext({ hasModel: true });
    id = await followCase(t, 'g1');
    t.chat.sends.length = 0;
  });
  /** The card of a reply of AWS. */
  async function delivered(reply: string) {
    t.clock.now += 60_000;
    engineer().answer(id, reply);
    await t.poll();
    return t.chat.posts.at(-1)?.card;
  }

  it('a foreign reply has a summary in the language of the chat above the whole original', async () => {
    t.model.answers(SUMMARY);
    expect(await delivered(ENGLISH)).toMatchObject({ summary: { label: 'AI 摘要', value: SUMMARY }, quote: ENGLISH });
  });
  it.each([
    ['a long reply in the language of the chat', '我们已经检查了您的实例，根卷空间已经用尽，请先扩容。'.repeat(30), 1],
    ['a short one', '我们已经检查了您的实例，请先扩容根卷。', 0],
    ['a short foreign one', 'Thank you.', 0],
  ])('the model is asked about %s only if it is worth it', async (_name, reply, times) => {
    t.model.answers('您的实例根卷空间已用尽，请先扩容。');
    const card = await delivered(reply);
    expect(t.model.asked).toHaveLength(times);
    expect([card?.summary !== undefined, card?.quote]).toEqual([times > 0, reply]);
  });
  it('the original is delivered alone where the summary is not verified', async () => {
    t.model.answers(SUMMARY.replace('i-0123456789abcdef0', 'i-0badc0ffee0badc0f'));
    const card = await delivered(ENGLISH);
    expect([t.model.asked.length, card?.summary, card?.quote]).toEqual([1, undefined, ENGLISH]);
  });
  it('a reply whose summary the chat refuses is sent without it, under the same key', async () => {
    t.model.answers(SUMMARY);
    const keys: (string | undefined)[] = [];
    const { send } = t.ctx.app;
    t.ctx.app.send = async (card, to, key, isRetry) => {
      keys.push(key);
      if (card.summary) throw refusal();
      await send(card, to, key, isRetry);
    };
    expect((await delivered(ENGLISH))?.quote).toBe(ENGLISH);
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
  });
});
