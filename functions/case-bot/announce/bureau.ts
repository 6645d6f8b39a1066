import type { Log } from '../../shared/log';
import type { Metrics } from '../../shared/metrics';
import type { CaseStore } from '../case-store';
import type { Desk } from '../office';
import type { SupportDesk } from '../support-desk';

/** All that it takes to bring AWS's answers to the chats: every account, every bot. */
export interface Bureau {
  /** By account id. */
  desks: ReadonlyMap<string, SupportDesk>;
  /** Undefined when there is no such bot any more. */
  officeOf(bot: string): Promise<Desk | undefined>;
  /** The bots whose profile wants the new cases of this account, and where. */
  watchers(account: string): Promise<readonly { bot: string; conversation: string }[]>;
  store: CaseStore;
  log: Log;
  metrics: Metrics;
  /** ms since 1970. */
  now(): number;
}
