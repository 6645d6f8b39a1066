import type { Channel } from '@casebell/im/webhooks';
import type { Locale } from '../../../plugins/formatter';
import type { Log } from '../../shared/log';
import type { Metrics } from '../../shared/metrics';
import type { Clock, TimeZone } from '../../shared/time';
import type { Outbox, Queues } from '../outbox/outbox';
import type { Summarize } from './summary';

/** A webhook to deliver to. */
export interface Destination {
  /** Derived from the webhook's url, without revealing it: safe to log. */
  id: string;
  channel: Channel;
  /** Messages a month; undefined where there is no quota. */
  quota: number | undefined;
  /** Whether its platform has the stack's case bot. */
  hasCaseBot?: boolean;
}

/** What a delivery needs. */
export interface DeliveryDeps {
  outbox: Outbox;
  queues: Queues;
  locale: Locale;
  /** Of the calendar month that a quota is for. */
  timeZone: TimeZone;
  /** Absent where no model is switched on. */
  summarize?: Summarize;
  clock: Clock;
  log: Log;
  metrics: Metrics;
}

/** How long a delivery may take, as far as its Lambda invocation is concerned. */
export interface TimeBudget {
  /** Whether nothing waits for the end of the invocation. */
  canSleep: boolean;
  /** In ms since 1970: after this no message is begun. */
  startBefore: number;
  /** In ms since 1970: when Lambda ends the invocation. */
  deadline: number;
}
