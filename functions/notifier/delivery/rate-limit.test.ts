import { SHANGHAI } from '../../shared/locale.fixture';
import { type Budget, budgetOpensAt, monthOf, spendBudget } from './rate-limit';

const HOUR = 3_600_000;
const QUOTA = 3_000;
/** The reader lives in Shanghai: jest.config.cjs says so. */
const at = (when: string): number => Date.parse(`${when}+08:00`);
const MIDDLE = at('2026-11-16T00:00:00');
const budget = (sent: number, lastSentAt = MIDDLE): Budget => ({
  month: monthOf(lastSentAt, SHANGHAI),
  sent,
  lastSentAt,
});
/** How long after the last message others than critical events may be told, in ms. */
const window = (sent: number, quota = QUOTA, lastSentAt = MIDDLE): number =>
  budgetOpensAt(budget(sent, lastSentAt), quota, lastSentAt, SHANGHAI) - lastSentAt;

it('has nobody wait until half of the month’s messages are used, even by a later time', () => {
  expect([0, 1, 1_499].map((sent) => budgetOpensAt(budget(sent), QUOTA, MIDDLE, SHANGHAI))).toEqual([0, 0, 0]);
  expect(budgetOpensAt(budget(1_500), QUOTA, MIDDLE, SHANGHAI)).toBeGreaterThan(MIDDLE);
});

it('spreads what is left, but for a tenth of all, evenly over what is left of the month', () => {
  expect(window(1_500)).toBeCloseTo((15 * 24 * HOUR) / 1_200);
  expect(window(2_600)).toBeCloseTo((15 * 24 * HOUR) / 100);
});

it('widens the window as the quota runs out', () => {
  const windows = [1_500, 1_800, 2_100, 2_400, 2_600, 2_650, 2_699].map((sent) => window(sent));
  expect(windows).toEqual([...windows].sort((one, other) => one - other));
  expect(new Set(windows.slice(0, 5)).size).toBe(5);
});

it('never has anything wait longer than four hours, with the reserve or more than all used up', () => {
  expect([2_690, 2_700, 2_999, 3_000, 9_999].map((sent) => window(sent))).toEqual(Array(5).fill(4 * HOUR));
});

it('keeps the reserve: a month of storms that is told as soon as it may be leaves a tenth for what is critical', () => {
  let spent = budget(1_500, at('2026-11-02T00:00:00'));
  while (monthOf(spent.lastSentAt, SHANGHAI) === '2026-11')
    spent = spendBudget(spent, budgetOpensAt(spent, QUOTA, spent.lastSentAt, SHANGHAI), SHANGHAI);
  expect(spent).toMatchObject({ month: '2026-12', sent: 1 });
  let now = at('2026-11-02T00:00:00');
  let used = budget(1_500, now);
  for (; monthOf(now, SHANGHAI) === '2026-11'; now = budgetOpensAt(used, QUOTA, now, SHANGHAI))
    used = spendBudget(used, now, SHANGHAI);
  expect(used.sent).toBeGreaterThan(0.85 * QUOTA);
  expect(used.sent).toBeLessThanOrEqual(0.95 * QUOTA);
});

it('begins anew with the month on the reader’s calendar', () => {
  const [last, first] = [at('2026-11-30T23:59:59'), at('2026-12-01T00:00:00')];
  expect([monthOf(last, SHANGHAI), monthOf(first, SHANGHAI)]).toEqual(['2026-11', '2026-12']);
  expect(budgetOpensAt(budget(2_999, last), QUOTA, first, SHANGHAI)).toBe(0);
  expect(spendBudget(budget(2_999, last), last, SHANGHAI).sent).toBe(3_000);
  expect(spendBudget(budget(2_999, last), first, SHANGHAI)).toEqual({ month: '2026-12', sent: 1, lastSentAt: first });
});

it('ends the year in December', () => {
  expect(window(2_600, QUOTA, at('2026-12-31T12:00:00'))).toBeCloseTo((12 * HOUR) / 100);
});

it('counts for nobody where there is no quota', () => {
  expect([undefined, 0].map((quota) => budgetOpensAt(budget(1e9), quota, MIDDLE, SHANGHAI))).toEqual([0, 0]);
});

it('is not confused by a quota of one', () => {
  expect(budgetOpensAt(budget(0), 1, MIDDLE, SHANGHAI)).toBe(0);
  expect(window(1, 1)).toBe(4 * HOUR);
});
