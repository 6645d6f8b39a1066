import { handleCaseEvent } from '../updates/case-event';
import { poll } from '../updates/poll';
import { type FiledCases, openFiledCases } from './filed-case.fixture';

let at: FiledCases;
beforeEach(async () => {
  at = await openFiledCases();
});
afterEach(() => at.close());

const engineer = () => at.aws.support.engineer;

it('tells that a case waits for an answer, and that it is resolved, with its course; and the card says how it stands', async () => {
  const { id, group } = await at.filed();
  engineer().answer(id, '请重启');
  engineer().pend(id);
  await poll(at.bureau);
  expect(at.spoken.at(-1)?.card.title).toBe(`工单 ${id}：等待您回复`);
  at.clock.now += 7_200_000;
  engineer().resolve(id);
  await handleCaseEvent(at.event(id, 'ResolveCase', ''), at.bureau);
  expect(at.spoken.at(-1)?.card).toMatchObject({ title: `工单 ${id} 已解决`, severity: 'resolved' });
  expect(at.spoken.at(-1)?.card.text).toBe('历时 2 小时解决：我方 1 条消息，AWS 1 条回复。');
  expect(at.shown.at(-1)).toBe(`${group.replace('oc_', 'om_')} 已解决`);
  const had = at.spoken.length;
  await poll(at.bureau);
  expect(at.spoken).toHaveLength(had);
});
