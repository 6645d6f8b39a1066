import type { ChatApp } from '@casebell/im/bots';
import type { Accounts } from '../accounts';
import type { Advisor } from '../advisor';
import type { BotConfig } from '../webhook/bots';
import type { CaseStore } from './case-store';
import type { CheckResult } from './finding';
import type { Log } from '../log';
import type { Metrics } from '../metrics';
import type { Say } from '../say';

/** All that speaking for a bot takes. */
export interface BotContext {
  bot: BotConfig;
  app: ChatApp;
  accounts: Accounts;
  store: CaseStore;
  say: Say;
  log: Log;
  metrics: Metrics;
  /** Where the stack is; its partition is that of its accounts. */
  region: string;
  /** ms since 1970. */
  now(): number;
  /** What of the stack works, and what does not, for `check`. */
  runHealthChecks(): Promise<CheckResult[]>;
  /** Absent where no model is switched on: everything works without. */
  advisor?: Advisor;
}

/** The same, for one message. */
export interface MessageContext extends BotContext {
  /** Whether an earlier try at this message got somewhere, nobody knows where. */
  isRetry: boolean;
}
