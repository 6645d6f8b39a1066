import type { Assistant } from '@casebell/ai';
import type { ChatApp } from '@casebell/im/bots';
import type { Locale } from '../shared/locale';
import type { Log } from '../shared/log';
import type { Metrics } from '../shared/metrics';
import type { Accounts } from './accounts';
import type { Bot } from './bots';
import type { CaseStore } from './case-store';
import type { Finding } from './finding';

/** All that speaking for a bot takes. */
export interface Desk {
  bot: Bot;
  app: ChatApp;
  accounts: Accounts;
  store: CaseStore;
  say: Locale;
  log: Log;
  metrics: Metrics;
  /** Where the stack is; its partition is that of its accounts. */
  region: string;
  /** ms since 1970. */
  now(): number;
  /** What of the stack works, and what does not, for `check`. */
  inspect(): Promise<Finding[]>;
  /** Absent where no model is switched on: everything works without. */
  assistant?: Assistant;
}

/** The same, for one message. */
export interface Office extends Desk {
  /** Whether an earlier try at this message got somewhere, nobody knows where. */
  resumed: boolean;
}
