import { handleCaseEvent } from '../updates/case-event';
import { poll } from '../updates/poll';
import { type FiledCases, openFiledCases } from './filed-case.fixture';

let at: FiledCases;
beforeEach(async () => {
  at = await openFiledCases();
});
afterEach(() => at.close());

const engineer = () => at.aws.support.engineer;

it('tells what AWS answers where the case lives, word for word, with who and when', async () => {
  const { id, group } = await at.filed();
  const words = 'Run "df -h" in C:\\temp:\n```\n| a | b |\n```\n谢谢';
  engineer().answer(id, words);
  await handleCaseEvent(at.event(id), at.bureau);
  expect(at.spoken).toHaveLength(1);
  expect(at.spoken[0]?.to.id).toBe(group);
  expect(at.spoken[0]?.card).toMatchObject({ title: `AWS 回复了工单 ${id}`, quote: words });
  expect(at.spoken[0]?.card.facts?.map(({ value }) => value)).toEqual([
    'Amazon Web Services',
    expect.stringMatching(/2026/),
  ]);
});
it('tells each once, however often it hears of it, and whoever else is told', async () => {
  const { id } = await at.filed();
  engineer().answer(id, '一');
  for (let times = 0; times < 3; times += 1) await handleCaseEvent(at.event(id), at.bureau);
  await poll(at.bureau);
  expect(at.quotes()).toEqual(['一']);
});
it('tells several in the order in which they were written, also at one and the same time', async () => {
  const { id } = await at.filed();
  engineer().answer(id, '一');
  engineer().answer(id, '二');
  at.clock.now += 1_000;
  engineer().answer(id, '三');
  await poll(at.bureau);
  expect(at.quotes().slice(0, 2).sort()).toEqual(['一', '二']);
  expect(at.quotes()[2]).toBe('三');
  engineer().answer(id, '四');
  await poll(at.bureau);
  expect(at.quotes().at(-1)).toBe('四');
  expect(at.quotes()).toHaveLength(4);
});
it('tells more than a page of them, each once, while further ones come in', async () => {
  const { id } = await at.filed();
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
  expect(at.quotes()).toEqual([...Array.from({ length: 130 }, (_, number) => `${number}`), '迟']);
});
