import { listOf } from './bots';
import type { Language } from './say';

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
  ownAccount: string;
  roleArns: string[];
  /** In the order of the roles. */
  roleNames: string[];
  externalId: string;
  region: string;
  auditDays: number;
  /** The stack's own, twelve digits. */
  accountId: string;
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
  const [roleArns, roleNames] = [listOf(env.CASE_ROLE_ARNS), listOf(env.CASE_ACCOUNT_NAMES)];
  return {
    ...readDoorSettings(env),
    table: needed(env, 'CASE_TABLE', 'where to remember its cases'),
    deadLetters: needed(env, 'CASE_DEAD_LETTER_QUEUE_URL', 'where what it could not do ends up'),
    timeZone: env.TIME_ZONE || 'UTC',
    callbackUrl: env.CALLBACK_URL ?? '',
    ownAccount: env.CASE_OWN_ACCOUNT || 'main',
    roleArns,
    roleNames: roleArns.map((arn, index) => roleNames[index] ?? accountIn(arn)),
    externalId: env.CASE_EXTERNAL_ID ?? '',
    region: needed(env, 'AWS_REGION', 'where it is'),
    auditDays: Number(env.AUDIT_DAYS) || 400,
    accountId: env.ACCOUNT_ID ?? '',
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

/** A role without a name is called by its account id. */
export const accountIn = (arn: string): string => arn.split(':')[4] || arn;

function needed(env: Env, name: string, what: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} is not set: the case bot does not know ${what}.`);
  return value;
}
