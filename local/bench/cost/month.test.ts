import { PRICES } from '../prices';
import { linesOf, month } from './month';
import type { Counted } from './tally';

const counted = (bill: Counted['bill'], ...metrics: string[]): Counted => ({ bill, metrics: new Set(metrics) });
const ACTIVITIES = {
  event: counted({ lambdaRequests: 1 }, 'EventsReceived', 'EventsDelivered'),
  delivery: counted({ writeUnits: 10 }),
  sweep: counted({ lambdaRequests: 1 }, 'OldestPendingEventAge'),
  check: counted({ readUnits: 2 }),
  poll: counted({ lambdaRequests: 1 }),
  message: counted({ apiRequests: 1, fifoRequests: 4 }, 'CommandsSucceeded'),
  summary: counted({ inputTokens: 400, outputTokens: 100 }, 'ModelTokens'),
};
const INVENTORY = { alarms: 7, secrets: 1, queues: 2 };

it('month() adds activities, schedules and resources', () => {
  const size = { name: 'one', events: 360, chats: 3, messages: 0, summaries: 0 };
  expect(month(size, ACTIVITIES, INVENTORY)).toEqual({
    lambdaRequests: 360 + 43_200,
    writeUnits: 360 * 3 * 10,
    readUnits: 43_200 * 3 * 2,
    apiRequests: 0,
    fifoRequests: 0,
    inputTokens: 0,
    outputTokens: 0,
    alarms: 7,
    secrets: 1,
    secretCalls: 43_200 / 5,
    sqsRequests: 2 * 15 * 43_200,
    dashboards: 1,
    // One in every hour, two in half of them.
    metrics: 1 + 2 * 0.5,
  });
});

it('month() polls only with a case bot, and counts an hour of a metric once', () => {
  const size = { name: 'one', events: 0, chats: 1, messages: 72_000, summaries: 72 };
  const bill = month(size, ACTIVITIES, INVENTORY);
  expect(bill).toMatchObject({ apiRequests: 72_000, secretCalls: 8_640 + 4_320, lambdaRequests: 43_200 + 4_320 });
  expect(bill.metrics).toBeCloseTo(1 + 1 + 0.1);
});

it('linesOf() subtracts the free tier, but never more than the usage', () => {
  const lines = linesOf({ alarms: 12, secrets: 2, lambdaRequests: 5 });
  expect(lines.map(({ dollars, withFree }) => [dollars, withFree].map((one) => Number(one.toFixed(7))))).toEqual([
    [1.2, 0.2],
    [0.8, 0.8],
    [Number((5 * PRICES.lambdaRequests.each).toFixed(7)), 0],
  ]);
});
