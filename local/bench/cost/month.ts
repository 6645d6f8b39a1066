import { type Billed, PRICES, type Price } from '../prices';
import type { Activities } from './count';
import { type Bill, scaled, sumOf } from './tally';

/** A team, by its activity in a month. */
export interface Size {
  name: string;
  events: number;
  chats: number;
  /** To the case bot; 0 without a case bot. */
  messages: number;
  /** Of events; 0 without a model. */
  summaries: number;
}

export const SIZES: readonly Size[] = [
  { name: 'small', events: 300, chats: 1, messages: 0, summaries: 0 },
  { name: 'medium', events: 3_000, chats: 3, messages: 300, summaries: 300 },
  { name: 'large', events: 100_000, chats: 10, messages: 3_000, summaries: 3_000 },
];

/** The resources of the template. */
export interface Inventory {
  /** Metrics of alarms. */
  alarms: number;
  secrets: number;
  /** Queues with a function. */
  queues: number;
}

const MINUTES = 30 * 24 * 60;
const HOURS = 30 * 24;
/** The template's CasePollMinutes. */
const POLL_MINUTES = 10;
/** A secret is read again after five minutes: without events, by the sweep and the poll. */
const SECRET_CACHE_MINUTES = 5;
/** Lambda keeps five long polls of 20 s open at a quiet queue (Lambda Developer Guide, "Using Lambda with Amazon SQS", scaling). */
const IDLE_POLLS_PER_MINUTE = 5 * 3;

/** What AWS bills for such a team in thirty days. */
export function month(size: Size, activities: Activities, inventory: Inventory): Bill {
  const { events, chats, messages, summaries } = size;
  const { event, delivery, sweep, check, poll, message, summary } = activities;
  const polls = messages > 0 ? MINUTES / POLL_MINUTES : 0;
  return sumOf(
    scaled(event.bill, events),
    scaled(delivery.bill, events * chats),
    scaled(sweep.bill, MINUTES),
    scaled(check.bill, MINUTES * chats),
    scaled(message.bill, messages),
    scaled(poll.bill, polls),
    scaled(summary.bill, summaries),
    {
      alarms: inventory.alarms,
      secrets: inventory.secrets,
      secretCalls: MINUTES / SECRET_CACHE_MINUTES + polls,
      sqsRequests: inventory.queues * IDLE_POLLS_PER_MINUTE * MINUTES,
      dashboards: 1,
      metrics: metricsOf(size, activities),
    },
  );
}

/** A metric is billed for the hours in which it has a value: at most one for each activity. */
function metricsOf({ events, messages, summaries }: Size, { event, sweep, message, summary }: Activities): number {
  const share = (times: number): number => Math.min(HOURS, times) / HOURS;
  return (
    sweep.metrics.size +
    event.metrics.size * share(events) +
    message.metrics.size * share(messages) +
    summary.metrics.size * share(summaries)
  );
}

/** One line of the bill, in dollars. */
export interface Line {
  what: Billed;
  service: string;
  count: number;
  dollars: number;
  /** With the free tier, if nothing else in the account uses it. */
  withFree: number;
}

export const linesOf = (bill: Bill): Line[] =>
  (Object.entries(bill) as [Billed, number][]).map(([what, count]) => {
    const { service, each, free = 0 }: Price = PRICES[what];
    return { what, service, count, dollars: count * each, withFree: Math.max(0, count - free) * each };
  });
