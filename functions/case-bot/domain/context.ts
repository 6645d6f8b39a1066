import type { Assistant } from '@casebell/ai';
import type { ChatApp, Secrets } from '@casebell/im/bots';
import type { Language, Locale, LocalizedText } from '../../shared/locale';
import type { Log } from '../../shared/log';
import type { Metrics } from '../../shared/metrics';
import type { Accounts } from './accounts';
import type { CaseStore } from './case-store';
import type { SupportClient } from './support-client';

/** One bot on one platform: its secrets and its settings. */
export interface BotConfig {
  /** `platform/name`, which is also the path of its callback. */
  name: string;
  platform: string;
  secrets: Secrets;
  /** Names or ids of the accounts it serves; empty for all. */
  accounts: readonly string[];
  /** Service codes that people may choose; empty for all. */
  services: readonly string[];
  /** Severity codes that people may choose; empty for all of the support plan. */
  severities: readonly string[];
  language: Language;
  /** ISO 639-1: the language of a case unless the person chooses another. */
  caseLanguage: string;
  /** User ids, e-mail addresses or mobile numbers. */
  admins: readonly string[];
  /** The platform's id of the conversation that gets all new cases of its accounts; empty for none. */
  newCaseConversation: string;
}

/** What the code needs to act as a bot. */
export interface BotContext {
  bot: BotConfig;
  app: ChatApp;
  accounts: Accounts;
  store: CaseStore;
  locale: Locale;
  log: Log;
  metrics: Metrics;
  /** The stack's Region; its accounts are in the same partition. */
  region: string;
  /** ms since 1970. */
  now(): number;
  /** Checks the stack's resources, for the command `check`. */
  runHealthChecks(): Promise<CheckResult[]>;
  /** Absent where no model is enabled. */
  assistant?: Assistant;
}

/** What a command needs to handle one message. */
export interface MessageContext extends BotContext {
  /** An earlier attempt at this message may have completed some of its steps. */
  isRetry: boolean;
}

/** What the worker needs to deliver the updates of AWS: every account and every bot. */
export interface WorkerContext {
  /** By account id. */
  supportClients: ReadonlyMap<string, SupportClient>;
  /** Returns undefined where the bot no longer exists. @param bot its name */
  botContext(bot: string): Promise<BotContext | undefined>;
  /** The bots that want the new cases of this account, and the conversation for them. */
  subscribedBots(account: string): Promise<readonly { bot: string; conversation: string }[]>;
  store: CaseStore;
  log: Log;
  metrics: Metrics;
  /** ms since 1970. */
  now(): number;
}

/** One line of `check`: what was checked, and the problem that was found. */
export interface CheckResult {
  what: LocalizedText;
  problem?: LocalizedText;
}
