import type { CaseStore } from './case-store';
import type { Log } from '../log';
import type { Metrics } from '../metrics';
import type { BotContext } from './context';
import type { SupportClient } from './support-client';

/** All that it takes to bring AWS's answers to the chats: every account, every bot. */
export interface WorkerContext {
  /** By account id. */
  supportClients: ReadonlyMap<string, SupportClient>;
  /** Undefined when there is no such bot any more. */
  botContext(bot: string): Promise<BotContext | undefined>;
  /** The bots whose profile wants the new cases of this account, and where. */
  subscribedBots(account: string): Promise<readonly { bot: string; conversation: string }[]>;
  store: CaseStore;
  log: Log;
  metrics: Metrics;
  /** ms since 1970. */
  now(): number;
}
