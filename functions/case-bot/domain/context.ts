import type { Assistant } from '@casebell/ai';
import type { ChatApp } from '@casebell/im/bots';
import type { Locale, LocalizedText } from '../../shared/locale';
import type { Log } from '../../shared/log';
import type { Metrics } from '../../shared/metrics';
import type { BotConfig } from '../webhook/bots';
import type { Accounts } from './accounts';
import type { CaseStore } from './case-store';
import type { SupportClient } from './support-client';
/** All that speaking for a bot takes. */
export interface BotContext {
  bot: BotConfig;
  app: ChatApp;
  accounts: Accounts;
  store: CaseStore;
  locale: Locale;
  log: Log;
  metrics: Metrics;
  /** Where the stack is; its partition is that of its accounts. */
  region: string;
  /** ms since 1970. */
  now(): number;
  /** What of the stack works, and what does not, for `check`. */
  runHealthChecks(): Promise<CheckResult[]>;
  /** Absent where no model is enabled: everything works without. */
  assistant?: Assistant;
}

/** The same, for one message. */
export interface MessageContext extends BotContext {
  /** Whether an earlier try at this message got somewhere, nobody knows where. */
  isRetry: boolean;
}

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

/** One line of `check`: what was looked at, and, where it is not well, what to do. */
export interface CheckResult {
  what: LocalizedText;
  problem?: LocalizedText;
}
