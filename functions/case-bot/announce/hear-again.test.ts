import { handleCaseEventWithRetry } from '../updates/case-event';
import { type FiledCases, openFiledCases } from './filed-case.fixture';

let at: FiledCases;
beforeEach(async () => {
  at = await openFiledCases();
});
afterEach(() => at.close());

const engineer = () => at.aws.support.engineer;

it('waits for what AWS has announced and does not show yet, longer each time, and then leaves it to the poll', async () => {
  const { id } = await at.filed();
  at.aws.support.lag(30_000);
  engineer().answer(id, '迟到的');
  const pauses: number[] = [];
  const isRetry = (tries: number) =>
    handleCaseEventWithRetry(JSON.stringify(at.event(id)), tries, at.bureau, async (pause) => void pauses.push(pause));
  expect([await isRetry(1), await isRetry(2), await isRetry(5)]).toEqual([false, false, false]);
  expect(pauses).toEqual([2, 5, 120]);
  expect(await isRetry(7)).toBe(true);
  at.clock.now += 31_000;
  expect(await isRetry(3)).toBe(true);
  expect(at.quotes()).toEqual(['迟到的']);
});
