import { type ChatApp, DeliveryError } from '@casebell/im';
import { openTestOffice, type TestOffice } from '../test-office.fixture';
import { hear } from './hear';
import { hearAgain } from './hear-again';
import { poll } from './poll';

const files: { name: string; size: number; bytes: number }[] = [];
const shown: string[] = [];
const app: Partial<ChatApp> = {
  openPlace: async (_place, _from, once) => ({ id: `oc_${once}`, kind: 'group', card: `om_${once}` }),
  update: async (message, card) => void shown.push(`${message} ${card.facts?.[0]?.value}`),
  async sendFile(file) {
    let bytes = 0;
    for await (const chunk of file.bytes) bytes += chunk.length;
    if (file.name.endsWith('.exe'))
      throw new DeliveryError('x', { reason: 'no such files', retryable: false, unfit: true });
    files.push({ name: file.name, size: file.size, bytes });
  },
};

let at: TestOffice;
beforeEach(async () => {
  at = await openTestOffice({ app });
  files.length = 0;
  shown.length = 0;
});
afterEach(() => at.close());

const WHOLE =
  '提工单\nsubject:连不上\nbody:实例 i-0123\nseverityCode:low\nserviceCode:aws-lambda\ncategoryCode:general-guidance';
const engineer = () => at.aws.support.engineer;
const place = () => ({ conversation: { id: `oc_${at.lines.length && reference}`, kind: 'group' as const } });
let reference = '';

/** A case that was opened from the chat; and what is said from then on. */
async function filed(): Promise<string> {
  const review = await at.say(WHOLE);
  reference = /CB-\w+/.exec(review?.buttons?.[0]?.command ?? '')?.[0] ?? '';
  await at.say(review?.buttons?.[0]?.command ?? '');
  at.clock.now += 60_000;
  at.spoken.length = 0;
  return engineer().cases()[0]?.displayId ?? '';
}
const event = (displayId: string, name = 'AddCommunicationToCase', origin = 'AWS') => ({
  account: at.aws.account,
  time: new Date(at.clock.now).toISOString(),
  detail: { 'case-id': 'case-x', 'display-id': displayId, 'event-name': name, origin },
});
const quotes = () => at.spoken.map(({ card }) => card.quote);

it('tells what AWS answers where the case lives, word for word, with who and when', async () => {
  const id = await filed();
  const words = 'Run "df -h" in C:\\temp:\n```\n| a | b |\n```\n谢谢';
  engineer().answer(id, words);
  await hear(event(id), at.bureau);
  expect(at.spoken).toHaveLength(1);
  expect(at.spoken[0]?.to.id).toBe(`oc_${reference}`);
  expect(at.spoken[0]?.card).toMatchObject({ title: `AWS 回复了工单 ${id}`, quote: words });
  expect(at.spoken[0]?.card.facts?.map(({ value }) => value)).toEqual([
    'Amazon Web Services',
    expect.stringMatching(/2026/),
  ]);
});
it('tells each once, however often it hears of it, and whoever else is told', async () => {
  const id = await filed();
  engineer().answer(id, '一');
  for (let times = 0; times < 3; times += 1) await hear(event(id), at.bureau);
  await poll(at.bureau);
  expect(quotes()).toEqual(['一']);
});
it('tells several in the order in which they were written, also at one and the same time', async () => {
  const id = await filed();
  engineer().answer(id, '一');
  engineer().answer(id, '二');
  at.clock.now += 1_000;
  engineer().answer(id, '三');
  await poll(at.bureau);
  expect(quotes().slice(0, 2).sort()).toEqual(['一', '二']);
  expect(quotes()[2]).toBe('三');
  engineer().answer(id, '四');
  await poll(at.bureau);
  expect(quotes().at(-1)).toBe('四');
  expect(quotes()).toHaveLength(4);
});
it('tells more than a page of them, each once, while further ones come in', async () => {
  const id = await filed();
  for (let number = 0; number < 130; number += 1) {
    at.clock.now += 100;
    engineer().answer(id, `${number}`);
  }
  let calls = 0;
  const stop = at.aws.watch(({ name, when }) => {
    if (name !== 'support.DescribeCommunications' || when !== 'after') return;
    calls += 1;
    if (calls === 1) engineer().answer(id, '迟');
  });
  await poll(at.bureau);
  stop();
  await poll(at.bureau);
  expect(calls).toBeGreaterThan(1);
  expect(quotes()).toEqual([...Array.from({ length: 130 }, (_, number) => `${number}`), '迟']);
});
it('does not echo what was typed where the case lives, and tells what was written elsewhere', async () => {
  const id = await filed();
  await at.say('我们重启过了', place());
  await at.say(`回复 ${id} 从别的群回复`);
  await at.desk.reply(engineer().cases()[0]?.caseId ?? '', '控制台里写的');
  at.spoken.length = 0;
  await poll(at.bureau);
  expect(quotes().map((quote) => quote?.split('\n')[0])).toEqual(
    expect.arrayContaining(['从别的群回复', '控制台里写的']),
  );
  expect(quotes()).toHaveLength(2);
});
it('tells an answer of AWS that quotes what it answers to, with the reference and the mark in it', async () => {
  const id = await filed();
  await at.say('我们重启过了', place());
  at.clock.now += 1_000;
  const own =
    engineer()
      .cases()[0]
      ?.communications.map(({ body }) => body) ?? [];
  for (const body of own) engineer().answer(id, `请看\n\n> ${body}`);
  await at.desk.reply(engineer().cases()[0]?.caseId ?? '', `邮件回复\n\n${own[0]}\n> 引用`);
  at.spoken.length = 0;
  await poll(at.bureau);
  expect(own).toHaveLength(2);
  expect(quotes()).toHaveLength(3);
});
it('waits for what AWS has announced and does not show yet, longer each time, and then leaves it to the poll', async () => {
  const id = await filed();
  at.aws.support.lag(30_000);
  engineer().answer(id, '迟到的');
  const pauses: number[] = [];
  const again = (tries: number) =>
    hearAgain(JSON.stringify(event(id)), tries, at.bureau, async (pause) => void pauses.push(pause));
  expect([await again(1), await again(2), await again(5)]).toEqual([false, false, false]);
  expect(pauses).toEqual([2, 5, 120]);
  expect(await again(6)).toBe(true);
  at.clock.now += 31_000;
  expect(await again(3)).toBe(true);
  expect(quotes()).toEqual(['迟到的']);
});
it('tells that a case waits for an answer, and that it is resolved, with its course; and the card says how it stands', async () => {
  const id = await filed();
  engineer().answer(id, '请重启');
  engineer().pend(id);
  await poll(at.bureau);
  expect(at.spoken.at(-1)?.card.title).toBe(`工单 ${id}：等待您回复`);
  at.clock.now += 7_200_000;
  engineer().resolve(id);
  await hear(event(id, 'ResolveCase', ''), at.bureau);
  expect(at.spoken.at(-1)?.card).toMatchObject({ title: `工单 ${id} 已解决`, severity: 'resolved' });
  expect(at.spoken.at(-1)?.card.text).toBe('历时 2 小时解决：我方 1 条消息，AWS 1 条回复。');
  expect(shown.at(-1)).toBe(`om_${reference} 已解决`);
  const had = at.spoken.length;
  await poll(at.bureau);
  expect(at.spoken).toHaveLength(had);
});
it('hands AWS’s files on, and says where one is that the chat does not take', async () => {
  const id = await filed();
  const data = Buffer.alloc(300_000, 7);
  engineer().answer(id, '见附件', [
    { fileName: '日志.txt', data },
    { fileName: 'tool.exe', data },
  ]);
  await hear(event(id), at.bureau);
  expect(files).toEqual([{ name: '日志.txt', size: 300_000, bytes: 300_000 }]);
  expect(at.spoken.at(-1)?.card.facts?.[0]?.value).toBe('tool.exe (293 KB)');
});
it('asks each account once, whatever number of cases is open, and goes on when one fails', async () => {
  const id = await filed();
  engineer().answer(id, '一');
  const before = await at.aws.usage();
  await poll(at.bureau);
  const { requests } = await at.aws.usage();
  const asked = Object.entries(requests).filter(
    ([name, count]) => name.startsWith('support.') && count !== before.requests[name],
  );
  expect(asked.map(([name]) => name)).toEqual(['support.DescribeCases']);
  const broken = { ...at.bureau, desks: new Map([['lost', at.desk], ...at.bureau.desks]) };
  await broken.store.follow({
    account: 'lost',
    caseId: 'case-0',
    displayId: '1',
    bot: 'gone/main',
    place: { id: 'x', kind: 'group' },
    status: 'opened',
    watermark: 0,
    told: [],
  });
  engineer().answer(id, '二');
  await poll(broken);
  expect(quotes()).toEqual(['一', '二']);
});
it('brings a case in that was opened elsewhere, and tells its news from then on', async () => {
  const desk = at.desk;
  await desk.open({
    subject: '控制台开的',
    body: '旧内容',
    serviceCode: 'aws-lambda',
    categoryCode: 'general-guidance',
    severityCode: 'low',
    issueType: 'technical',
    cc: [],
  });
  const [one] = engineer().cases();
  at.clock.now += 3_600_000;
  expect((await at.say(`关注工单 ${one?.displayId}`))?.title).toContain('更新会发到这里');
  at.spoken.length = 0;
  engineer().answer(one?.displayId ?? '', '新的');
  await hear(event(one?.displayId ?? ''), at.bureau);
  expect(at.spoken.map(({ card, to }) => [card.quote, to.id])).toEqual([['新的', 'cid1']]);
  expect((await at.say(`follow ${one?.displayId}`))?.title).toContain('已在关注');
});
it('tells all new cases of its accounts where its profile wants them, and no old ones', async () => {
  const other = await openTestOffice({ bot: { newCasesIn: 'cid-cases' } });
  const request = {
    body: 'b',
    serviceCode: 'aws-lambda',
    categoryCode: 'general-guidance',
    severityCode: 'low',
    issueType: 'technical',
    cc: [],
  };
  await other.desk.open({ ...request, subject: '旧的' });
  other.clock.now += 1_000;
  await poll(other.bureau);
  expect(other.spoken).toEqual([]);
  other.clock.now += 1_000;
  await other.desk.open({ ...request, subject: '新的' });
  other.clock.now += 1_000;
  await poll(other.bureau);
  expect(other.spoken.map(({ to }) => to.id)).toEqual(['cid-cases', 'cid-cases']);
  expect(other.spoken[0]?.card.title).toContain('新的');
  await poll(other.bureau);
  expect(other.spoken).toHaveLength(2);
  await other.close();
});
