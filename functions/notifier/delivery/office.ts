import type { Channel } from '@casebell/im/webhooks';
import type { Locale } from '../../../plugins/formatter';
import type { Log } from '../../shared/log';
import type { Metrics } from '../../shared/metrics';
import type { Outbox } from '../outbox';
import type { Queues } from '../queues';
import type { Summarize } from './summary';

/** A team to tell. */
export interface Destination {
  /** Made from its webhook's url, without giving it away: safe to log. */
  id: string;
  channel: Channel;
  /** Messages that it may be sent a month; undefined means that nobody counts them. */
  quota: number | undefined;
  /** Whether the case bot lives on its platform. */
  hasCaseBot?: boolean;
}

/** Time, as a delivery lives it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
  /** From 0 to 1. */
  random(): number;
}

/** All that delivering takes. */
export interface Office {
  outbox: Outbox;
  queues: Queues;
  locale: Locale;
  /** Absent where no model is switched on. */
  summarize?: Summarize;
  clock: Clock;
  log: Log;
  metrics: Metrics;
}
