import type { Account } from './accounts';
import type { Language } from './say';
import { listOf } from './webhook/bots';

/** What the door needs of the stack. */
export interface DoorSettings {
  /** ARNs of the secrets with the bots. */
  secretArns: string[];
  /** Url of the queue. */
  queue: string;
  language: Language;
  caseLanguage: string;
  admins: string[];
  /** Where chat emulators answer, on a developer's machine; empty on AWS. */
  chatEndpoint: string;
}

/** What the worker needs besides. */
export interface WorkerSettings extends DoorSettings {
  table: string;
  /** Url. */
  deadLetters: string;
  timeZone: string;
  /** Where the callbacks go, for the administrator to see. */
  callbackUrl: string;
  /** The stack's own first. */
  accounts: readonly ServedAccount[];
  externalId: string;
  region: string;
  auditDays: number;
  /** The stack's name. */
  stack: string;
  /** Url of the queue that AWS's updates come in. */
  updates: string;
  /** Undefined where no model is switched on. */
  model?: ModelSettings;
}

/** A language model, and what it may cost. */
export interface ModelSettings {
  /** Of a foundation model or an inference profile, or the ARN of either. */
  id: string;
  region: string;
  /** Of one answer. */
  maxTokens: number;
  /** Of questions and answers together; 0 for no limit. */
  dailyTokens: number;
  /** The table that they are counted in. */
  table: string;
  /** Whether questions and answers are written to the log. */
  debug: boolean;
}

/** An account, and the role in it; without one it is the stack's own. */
export interface ServedAccount extends Account {
  readonly roleArn?: string;
}

type Env = NodeJS.ProcessEnv;

/** Throws when what nothing works without is missing. */
export function readDoorSettings(env: Env): DoorSettings {
  return {
    secretArns: listOf(needed(env, 'BOTS_SECRET_ARNS', 'which bots there are')),
    queue: needed(env, 'CASE_QUEUE_URL', 'where to put what it hears'),
    language: env.LANGUAGE === 'en' ? 'en' : 'zh-CN',
    caseLanguage: env.CASE_LANGUAGE || 'en',
    admins: listOf(env.CASE_BOT_ADMINS),
    chatEndpoint: env.CHAT_ENDPOINT_URL ?? '',
  };
}

export function readWorkerSettings(env: Env): WorkerSettings {
  const own = needed(env, 'ACCOUNT_ID', 'which account it is in');
  return {
    ...readDoorSettings(env),
    table: needed(env, 'CASE_TABLE', 'where to remember its cases'),
    deadLetters: needed(env, 'CASE_DEAD_LETTER_QUEUE_URL', 'where what it could not do ends up'),
    timeZone: env.TIME_ZONE || 'UTC',
    callbackUrl: env.CALLBACK_URL ?? '',
    accounts: accountsIn(own, listOf(env.CASE_ROLE_ARNS), listOf(env.CASE_ACCOUNT_NAMES)),
    externalId: env.CASE_EXTERNAL_ID ?? '',
    region: needed(env, 'AWS_REGION', 'where it is'),
    auditDays: Number(env.AUDIT_DAYS) || 400,
    stack: env.STACK_NAME || 'casebell',
    updates: needed(env, 'UPDATE_QUEUE_URL', 'where AWS’s updates come in'),
    model: modelOf(env),
  };
}

/** Tokens of an answer, as the template has it. */
const ANSWER = 400;

function modelOf(env: Env): ModelSettings | undefined {
  const { LLM_MODEL_ID: id, LLM_REGION, AWS_REGION = '' } = env;
  if (!id) return undefined;
  return {
    id,
    region: LLM_REGION || AWS_REGION,
    maxTokens: Number(env.LLM_MAX_TOKENS) || ANSWER,
    dailyTokens: Number(env.LLM_DAILY_TOKENS) || 0,
    table: needed(env, 'LLM_LEDGER_TABLE', 'where to count what its model costs'),
    debug: env.LLM_DEBUG === 'true',
  };
}

/** The stack's own account is called `main`, one without a name by its id, as is one whose name another has already: a name is one account. */
export function accountsIn(own: string, roleArns: readonly string[], names: readonly string[]): ServedAccount[] {
  const accounts: ServedAccount[] = [{ id: own, name: 'main' }];
  for (const [index, roleArn] of roleArns.entries()) {
    const id = roleArn.split(':')[4] || roleArn;
    const name = names[index] ?? id;
    const isTaken = accounts.some((one) => one.name === name || one.id === name);
    if (accounts.every((one) => one.id !== id)) accounts.push({ id, name: isTaken ? id : name, roleArn });
  }
  return accounts;
}

function needed(env: Env, name: string, what: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set: the case bot does not know ${what}.`);
  return value;
}
