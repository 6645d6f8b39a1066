import type { Language } from '../../plugins/formatter';
import type { AccountParameters } from './accounts';
import type { Log } from './log';

/** What the stack's parameters come to, read once at a cold start. */
export interface Settings {
  /** ARN of the secret that holds the webhooks. */
  secretArn: string;
  keyword: string;
  /** The name of the stack. */
  stack: string;
  /** Messages a month that each webhook may be sent; 0 for what its platform's free plan includes. */
  monthlyMessages: number;
  tables: { outbox: string; standings: string };
  /** Urls. */
  queues: { wake: string; deadLetters: string };
  /** The platforms on which the stack's case bot lives. */
  caseBots: string[];
  /** What it calls accounts, by account id. */
  accountNames: ReadonlyMap<string, string>;
  /** Those of them that people have chosen. */
  chosenNames: ReadonlyMap<string, string>;
  accountParameters: AccountParameters;
  language: Language;
  timeZone: string;
  /** Folders with plugins; the first folder's are asked first. */
  pluginPath: string[];
  /** Undefined where no model is switched on. */
  model?: ModelSettings;
  /** Where chat emulators answer, on a developer's machine; empty on AWS. */
  chatEndpoint: string;
}

/** A language model, and what it may cost. */
export interface ModelSettings {
  /** Of a foundation model or an inference profile, or the ARN of either. */
  id: string;
  region: string;
  /** Tokens of an answer. */
  maxTokens: number;
  /** Tokens a day; 0 for as many as it takes. */
  dailyTokens: number;
  /** Replaces the built-in prompt; empty for that. */
  prompt: string;
  /** Whether questions and answers are written to the log. */
  debug: boolean;
}

/**
 * How a card looks is no reason to lose it: a wrong language is logged, and the default is taken.
 * Without a secret nobody can be told, and without its tables and queues nothing be kept: that throws.
 */
export function readSettings(env: NodeJS.ProcessEnv, log: Log): Settings {
  return {
    secretArn: needed(env, 'WEBHOOK_SECRET_ARN', 'whom to tell'),
    tables: {
      outbox: needed(env, 'OUTBOX_TABLE', 'where to keep what it has to tell'),
      standings: needed(env, 'DESTINATION_TABLE', 'how its destinations stand'),
    },
    queues: {
      wake: needed(env, 'WAKE_QUEUE_URL', 'how to be woken'),
      deadLetters: needed(env, 'DEAD_LETTER_QUEUE_URL', 'where to put what is refused'),
    },
    monthlyMessages: numberOf(env, 'MONTHLY_MESSAGES', 0, log),
    model: modelOf(env, log),
    stack: env.STACK_NAME || 'casebell',
    keyword: (env.KEYWORD ?? '').trim(),
    caseBots: (env.CASE_BOT_PLATFORMS ?? '').split(',').filter(Boolean),
    accountNames: accountNamesOf(env),
    chosenNames: new Map([...accountNamesOf(env)].filter(([id, name]) => name !== id && name !== OWN)),
    accountParameters: {
      names: env.ACCOUNT_NAMES_PARAMETER ?? '',
      excluded: env.EXCLUDED_ACCOUNTS_PARAMETER ?? '',
    },
    language: languageOf(env.LANGUAGE, log),
    timeZone: env.TIME_ZONE || 'UTC',
    pluginPath: (env.PLUGIN_PATH || '/opt/nodejs/plugins').split(':').filter(Boolean),
    chatEndpoint: env.CHAT_ENDPOINT_URL ?? '',
  };
}

/** What the case bot calls the stack's own account. */
const OWN = 'main';

/** As the case bot has it: its own account is `main`, those of roles are called as the parameters say, in the same order. */
function accountNamesOf({ ACCOUNT_ID = '', CASE_ROLE_ARNS = '', CASE_ACCOUNT_NAMES = '' }: NodeJS.ProcessEnv) {
  const names = CASE_ACCOUNT_NAMES.split(',');
  const ids = CASE_ROLE_ARNS.split(',').map((arn) => arn.split(':')[4] ?? '');
  const named = ids.map((id, index) => [id, names[index]?.trim() || id] as const);
  return new Map([[ACCOUNT_ID, OWN] as const, ...named].filter(([id]) => id !== ''));
}

function needed(env: NodeJS.ProcessEnv, name: string, what: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set: the notifier does not know ${what}.`);
  return value;
}

function numberOf(env: NodeJS.ProcessEnv, setting: string, instead: number, log: Log): number {
  const given = env[setting];
  const number = Number(given || instead);
  if (Number.isInteger(number) && number >= 0) return number;
  log.error('settings.wrong', { setting, given, instead });
  return instead;
}

/** Three sentences of Chinese or English, and a little more. */
const ANSWER = 400;

function modelOf(env: NodeJS.ProcessEnv, log: Log): ModelSettings | undefined {
  const { LLM_MODEL_ID: id, LLM_REGION, AWS_REGION = '', LLM_SYSTEM_PROMPT: prompt = '' } = env;
  if (!id) return undefined;
  const maxTokens = numberOf(env, 'LLM_MAX_TOKENS', ANSWER, log) || ANSWER;
  return {
    id,
    region: LLM_REGION || AWS_REGION,
    maxTokens,
    dailyTokens: numberOf(env, 'LLM_DAILY_TOKENS', 0, log),
    prompt,
    debug: env.LLM_DEBUG === 'true',
  };
}

function languageOf(given: string | undefined, log: Log): Language {
  if (!given) return 'zh-CN';
  if (isLanguage(given)) return given;
  log.error('settings.wrong', { setting: 'LANGUAGE', given, instead: 'zh-CN' });
  return 'zh-CN';
}

const isLanguage = (text: string): text is Language => text === 'zh-CN' || text === 'en';
