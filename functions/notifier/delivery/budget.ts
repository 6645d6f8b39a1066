import type { Budget } from '../standing';

/** Up to here nobody has to wait. */
const CAREFREE = 0.5;
/** This much is kept for critical events. */
const RESERVE = 0.1;
/** Even with nothing left everything is told some time: platforms do not say what they do then. */
const LONGEST = 4 * 3_600_000;

const two = (number: number): string => String(number).padStart(2, '0');

export function monthOf(now: number): string {
  const date = new Date(now);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}`;
}

/** The budget after one more message. */
export function spend(budget: Budget, now: number): Budget {
  const month = monthOf(now);
  return { month, sent: (month === budget.month ? budget.sent : 0) + 1, lastAt: now };
}

/**
 * From when on events that are not critical may be told. Once half of the month's messages are used, what is left (but for a
 * reserve) is spread evenly over what is left of the month, so the window of a digest widens as the quota runs out.
 * @param quota messages a month; undefined means that nobody counts them.
 * @returns ms since 1970, not after now when they may be told at once.
 */
export function opensAt(budget: Budget, quota: number | undefined, now: number): number {
  if (!quota || budget.month !== monthOf(now) || budget.sent < quota * CAREFREE) return 0;
  const left = Math.max(0, quota * (1 - RESERVE) - budget.sent);
  const window = left < 1 ? LONGEST : (endOfMonth(now) - budget.lastAt) / left;
  return budget.lastAt + Math.min(window, LONGEST);
}

function endOfMonth(now: number): number {
  const date = new Date(now);
  return new Date(date.getFullYear(), date.getMonth() + 1).valueOf();
}
