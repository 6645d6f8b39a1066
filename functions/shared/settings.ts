import type { Language } from '../../plugins/formatter';
import { parseServedAccounts } from './accounts';
import type { Log } from './log';
import { createTimeZone, type TimeZone, UTC } from './time';

type Env = Readonly<Record<string, string | undefined>>;
type FunctionName = 'notifier' | 'callback' | 'worker';

/** A language model, and what it may cost. */
export interface ModelSettings {
  /** Id of a foundation model or an inference profile, or the ARN of either. */
  id: string;
  region: string;
  /** Tokens of one answer. */
  maxTokens: number;
  /** Tokens of requests and answers per day; 0 for no limit. */
  dailyTokens: number;
  /** The table that counts the day's tokens. */
  budgetTable: string;
  /** Replaces the built-in prompt of summaries; empty for the built-in one. */
  prompt: string;
  /** Whether requests and answers are written to the log. */
  isDebug: boolean;
}

/** One environment variable (or a few that belong together): who reads it, and how. */
interface Setting<Value, Reader extends FunctionName> {
  readers: readonly Reader[];
  read(env: Env, log: Log): Value;
}

const setting = <Value, Reader extends FunctionName>(
  read: (env: Env, log: Log) => Value,
  ...readers: Reader[]
): Setting<Value, Reader> => ({ readers, read });

/**
 * Every setting of the stack's functions; template.yaml sets the variables. A value without which a function cannot work throws;
 * a wrong value of any other is logged and replaced by its default, because a wrong language must not cost an alert.
 */
const SETTINGS = {
  stack: setting(text('STACK_NAME', 'casebell'), 'notifier', 'worker'),
  language: setting(choice<Language>('LANGUAGE', ['zh-CN', 'en']), 'notifier', 'callback', 'worker'),
  timeZone: setting(timeZone('TIME_ZONE'), 'notifier', 'worker'),
  /** Base URL of chat emulators on a developer's machine; empty on AWS. */
  chatEndpoint: setting(text('CHAT_ENDPOINT_URL'), 'notifier', 'callback', 'worker'),
  region: setting(required('AWS_REGION'), 'worker'),
  /** The stack's own account first, named `main`, then those of the roles. */
  accounts: setting(servedAccounts, 'notifier', 'worker'),
  model: setting(model, 'notifier', 'worker'),

  webhookSecretArn: setting(required('WEBHOOK_SECRET_ARN'), 'notifier'),
  /** For webhooks that accept only messages with a keyword. */
  keyword: setting(text('KEYWORD'), 'notifier'),
  outboxTable: setting(required('OUTBOX_TABLE'), 'notifier'),
  destinationTable: setting(required('DESTINATION_TABLE'), 'notifier'),
  deliveryQueueUrl: setting(required('DELIVERY_QUEUE_URL'), 'notifier'),
  deadLetterQueueUrl: setting(required('DEAD_LETTER_QUEUE_URL'), 'notifier'),
  /** Messages a month that each webhook may be sent; 0 for what its platform's free plan includes. */
  monthlyMessages: setting(wholeNumber('MONTHLY_MESSAGES', 0), 'notifier'),
  /** Platforms on which the stack has a case bot. */
  caseBotPlatforms: setting(list('CASE_BOT_PLATFORMS'), 'notifier'),
  /** Names of the Systems Manager parameters with account names and excluded accounts; empty where there is none. */
  accountNamesParameter: setting(text('ACCOUNT_NAMES_PARAMETER'), 'notifier'),
  excludedAccountsParameter: setting(text('EXCLUDED_ACCOUNTS_PARAMETER'), 'notifier'),
  /** Folders with plugins; formatters of the first folder are asked first. */
  pluginPath: setting(path('PLUGIN_PATH', '/opt/nodejs/plugins'), 'notifier'),

  botSecretArns: setting(requiredList('BOTS_SECRET_ARNS'), 'callback', 'worker'),
  caseQueueUrl: setting(required('CASE_QUEUE_URL'), 'callback', 'worker'),
  /** ISO 639-1: the language in which AWS handles a case, unless a bot or a person chooses another. */
  caseLanguage: setting(text('CASE_LANGUAGE', 'en'), 'callback', 'worker'),
  /** User ids, e-mail addresses or mobile numbers. */
  admins: setting(list('CASE_BOT_ADMINS'), 'callback', 'worker'),
  caseTable: setting(required('CASE_TABLE'), 'worker'),
  caseDeadLetterQueueUrl: setting(required('CASE_DEAD_LETTER_QUEUE_URL'), 'worker'),
  caseUpdateQueueUrl: setting(required('CASE_UPDATE_QUEUE_URL'), 'worker'),
  /** Base URL of the callbacks, shown to administrators. */
  callbackUrl: setting(text('CALLBACK_URL'), 'worker'),
  externalId: setting(text('CASE_EXTERNAL_ID'), 'worker'),
  auditDays: setting(wholeNumber('AUDIT_DAYS', 400), 'worker'),
};

type Table = typeof SETTINGS;
type ReaderOf<Key extends keyof Table> = Table[Key]['readers'][number];

/** What one function reads at its cold start. */
export type Settings<Reader extends FunctionName> = {
  readonly [Key in keyof Table as Reader extends ReaderOf<Key> ? Key : never]: ReturnType<Table[Key]['read']>;
};

/** Reads a function's settings. Throws when one is missing without which it cannot work, and names it. */
export function readSettings<Reader extends FunctionName>(reader: Reader, env: Env, log: Log): Settings<Reader> {
  const mine = Object.entries<Setting<unknown, FunctionName>>(SETTINGS).filter(([, { readers }]) =>
    readers.includes(reader),
  );
  return Object.fromEntries(mine.map(([key, { read }]) => [key, read(env, log)])) as Settings<Reader>;
}

/** Items between commas, semicolons or spaces, also full-width ones; no blanks. */
export const parseList = (items: string): string[] => items.split(/[\s,;，；]+/).filter(Boolean);

function required(name: string) {
  return (env: Env): string => {
    const value = env[name];
    if (!value) throw new Error(`The environment variable ${name} is not set; template.yaml sets it.`);
    return value;
  };
}

function text(name: string, byDefault = '') {
  return (env: Env): string => env[name]?.trim() || byDefault;
}

function list(name: string) {
  return (env: Env): string[] => parseList(env[name] ?? '');
}

function requiredList(name: string) {
  return (env: Env): string[] => parseList(required(name)(env));
}

function path(name: string, byDefault: string) {
  return (env: Env): string[] => (env[name] || byDefault).split(':').filter(Boolean);
}

function choice<Value extends string>(name: string, [byDefault, ...others]: readonly [Value, ...Value[]]) {
  return (env: Env, log: Log): Value => {
    const value = env[name];
    const found = [byDefault, ...others].find((known) => known === value);
    return found ?? replaced(name, value, byDefault, log);
  };
}

function wholeNumber(name: string, byDefault: number) {
  return (env: Env, log: Log): number => {
    const number = Number(env[name] || byDefault);
    return Number.isInteger(number) && number >= 0 ? number : replaced(name, env[name], byDefault, log);
  };
}

function timeZone(name: string) {
  return (env: Env, log: Log): TimeZone => {
    const value = env[name] || UTC.name;
    const zone = createTimeZone(value);
    if (!zone) replaced(name, value, UTC.name, log);
    return zone ?? UTC;
  };
}

/** A wrong value is logged; an absent one is not. */
function replaced<Value>(setting: string, value: string | undefined, used: Value, log: Log): Value {
  if (value) log.error('config.invalid', { setting, value, used });
  return used;
}

function servedAccounts(env: Env) {
  const { ACCOUNT_ID: ownId = '', CASE_ROLE_ARNS: roleArns = '', CASE_ACCOUNT_NAMES: names = '' } = env;
  return parseServedAccounts({ ownId, roleArns, names });
}

/** Three sentences in Chinese or English, and some room. */
const DEFAULT_ANSWER_TOKENS = 400;

/** Undefined where no model is enabled. */
function model(env: Env, log: Log): ModelSettings | undefined {
  const { LLM_MODEL_ID: id, LLM_REGION, AWS_REGION = '', LLM_BUDGET_TABLE, OUTBOX_TABLE = '' } = env;
  if (!id) return undefined;
  return {
    id,
    region: LLM_REGION || AWS_REGION,
    maxTokens: wholeNumber('LLM_MAX_TOKENS', DEFAULT_ANSWER_TOKENS)(env, log) || DEFAULT_ANSWER_TOKENS,
    dailyTokens: wholeNumber('LLM_DAILY_TOKENS', 0)(env, log),
    budgetTable: LLM_BUDGET_TABLE || OUTBOX_TABLE,
    prompt: env.LLM_SYSTEM_PROMPT ?? '',
    isDebug: env.LLM_DEBUG === 'true',
  };
}
