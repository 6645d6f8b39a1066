import { type Billed, PRICES, type Price } from '../prices';
import type { Counted } from './count';
import { type Bill, scaled, sumOf } from './tally';

/** A team by what happens to it in a month. */
export interface Size {
  name: string;
  events: number;
  chats: number;
  /** To the case bot; without any there is none. */
  messages: number;
  /** Of the events; without any no model is switched on. */
  summaries: number;
}

export const SIZES: readonly Size[] = [
  { name: 'small', events: 300, chats: 1, messages: 0, summaries: 0 },
  { name: 'medium', events: 3_000, chats: 3, messages: 300, summaries: 300 },
  { name: 'large', events: 100_000, chats: 10, messages: 3_000, summaries: 3_000 },
];

/** What a stack is made of, as the template has it. */
export interface Inventory {
  /** Metrics that alarms look at. */
  alarms: number;
  secrets: number;
  /** Queues that functions read. */
  queues: number;
}

const MINUTES = 30 * 24 * 60;
const HOURS = 30 * 24;
/** The template's CasePollMinutes. */
const POLL_EVERY = 10;
/** A secret is read again after five minutes, by whoever is called then: in the quiet, by the sweep and the poll. */
const SECRET_LASTS = 5;
/** Lambda keeps five long polls of 20 s open at a quiet queue (Lambda Developer Guide, "Using Lambda with Amazon SQS", scaling). */
const IDLE_POLLS = 5 * 3;

/** Everything that AWS bills such a team for in thirty days. */
export function month(size: Size, counted: Counted, inventory: Inventory): Bill {
  const { events, chats, messages, summaries } = size;
  const { event, telling, sweep, look, poll, message, summary } = counted;
  const polls = messages > 0 ? MINUTES / POLL_EVERY : 0;
  return sumOf(
    scaled(event.bill, events),
    scaled(telling.bill, events * chats),
    scaled(sweep.bill, MINUTES),
    scaled(look.bill, MINUTES * chats),
    scaled(message.bill, messages),
    scaled(poll.bill, polls),
    scaled(summary.bill, summaries),
    {
      alarms: inventory.alarms,
      secrets: inventory.secrets,
      secretCalls: MINUTES / SECRET_LASTS + polls,
      sqsRequests: inventory.queues * IDLE_POLLS * MINUTES,
      dashboards: 1,
      metrics: metricsOf(size, counted),
    },
  );
}

/** A metric is billed for the hours in which it has a value: at most one for each time that something happens. */
function metricsOf({ events, messages, summaries }: Size, { event, sweep, message, summary }: Counted): number {
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
  /** With what AWS gives every account for nothing, and nobody else in it uses. */
  withFree: number;
}

export const linesOf = (bill: Bill): Line[] =>
  (Object.entries(bill) as [Billed, number][]).map(([what, count]) => {
    const { service, each, free = 0 }: Price = PRICES[what];
    return { what, service, count, dollars: count * each, withFree: Math.max(0, count - free) * each };
  });
