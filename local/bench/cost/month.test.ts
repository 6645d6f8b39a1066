import { PRICES } from '../prices';
import { linesOf, month } from './month';
import type { Asked } from './tally';

const asked = (bill: Asked['bill'], ...metrics: string[]): Asked => ({ bill, metrics: new Set(metrics) });
const COUNTED = {
  event: asked({ lambdaRequests: 1 }, 'EventsReceived', 'EventsDelivered'),
  telling: asked({ writeUnits: 10 }),
  sweep: asked({ lambdaRequests: 1 }, 'OldestPendingEventAge'),
  look: asked({ readUnits: 2 }),
  poll: asked({ lambdaRequests: 1 }),
  message: asked({ apiRequests: 1, fifoRequests: 4 }, 'CommandsSucceeded'),
  summary: asked({ inputTokens: 400, outputTokens: 100 }, 'ModelTokens'),
};
const INVENTORY = { alarms: 7, secrets: 1, queues: 2 };

it('adds up what happens, what goes on without anything happening, and what is only there', () => {
  const size = { name: 'one', events: 360, chats: 3, messages: 0, summaries: 0 };
  expect(month(size, COUNTED, INVENTORY)).toEqual({
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

it('polls for the case bot where there is one, and counts an hour of a metric once', () => {
  const size = { name: 'one', events: 0, chats: 1, messages: 72_000, summaries: 72 };
  const bill = month(size, COUNTED, INVENTORY);
  expect(bill).toMatchObject({ apiRequests: 72_000, secretCalls: 8_640 + 4_320, lambdaRequests: 43_200 + 4_320 });
  expect(bill.metrics).toBeCloseTo(1 + 1 + 0.1);
});

it('takes off what AWS gives away, but never more than there is', () => {
  const lines = linesOf({ alarms: 12, secrets: 2, lambdaRequests: 5 });
  expect(lines.map(({ dollars, withFree }) => [dollars, withFree].map((one) => Number(one.toFixed(7))))).toEqual([
    [1.2, 0.2],
    [0.8, 0.8],
    [Number((5 * PRICES.lambdaRequests.each).toFixed(7)), 0],
  ]);
});
