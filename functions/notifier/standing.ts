import type { Card } from '@casebell/im/webhooks';

/** What a destination has been sent this month. */
export interface Budget {
  /** `2026-11`, on the reader's calendar. */
  month: string;
  sent: number;
  /** When the last message went, in ms since 1970. */
  lastAt: number;
}

/** A message on its way: what has to be known to go on with it after a crash. */
export interface Message {
  /** Idempotency key: the same message is sent under the same one again. */
  id: string;
  /** The entries it stands for. */
  keys: readonly string[];
  card: Card;
  form: 'card' | 'plain';
  /** The part to send next, from 0: those before it have arrived. */
  part: number;
  /** What `Standing.refusals` was: a part of its key. */
  refusals: number;
  /** All of it has; only the entries do not say so yet. */
  arrived?: true;
}

/** How a destination stands, shared by every notifier that runs. Times are in ms since 1970. */
export interface Standing {
  /** Counts its changes: whoever read an older one may not store. */
  version: number;
  /** When each token bucket will be full again, in the order of the platform's limits. */
  buckets: readonly number[];
  budget: Budget;
  /** Until then somebody is sending; if nobody has said more by then, that somebody is dead. */
  busyUntil: number;
  /** Until then the platform wants to be left alone. */
  pausedUntil: number;
  /** Failures in a row. */
  failures: number;
  /** How often the platform has said no, ever: what it remembers of a key that it has refused is not documented, so none is used again. */
  refusals: number;
  /** For when a wake-up has been ordered. */
  wakeAt: number;
  message?: Message;
  /** The lone entry that the platform has failed on again and again, and whether it has taken others since: then it is not the platform. */
  suspect?: { key: string; others: boolean };
}

export const UNTOUCHED: Standing = {
  version: 0,
  buckets: [],
  budget: { month: '', sent: 0, lastAt: 0 },
  busyUntil: 0,
  pausedUntil: 0,
  failures: 0,
  refusals: 0,
  wakeAt: 0,
};
