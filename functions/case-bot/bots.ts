import type { Secrets } from '@casebell/im';
import type { Language } from './say';

/** One bot on one platform: its secrets, and what it may do. */
export interface Bot {
  /** `platform/name`, which is also the path of its callback. */
  name: string;
  platform: string;
  secrets: Secrets;
  /** Names of the accounts it serves; none means all. */
  accounts: readonly string[];
  /** Service codes that may be chosen; none means all. */
  services: readonly string[];
  /** Severity codes that may be chosen; none means all that the plan has. */
  severities: readonly string[];
  language: Language;
  /** ISO 639-1: in which a case is handled unless the person chooses otherwise. */
  caseLanguage: string;
  /** User ids, e-mail addresses or mobile numbers. */
  admins: readonly string[];
  /** The platform's id of the conversation in which all new cases of its accounts are told; empty: none. */
  newCasesIn: string;
}

export interface Defaults {
  language: Language;
  caseLanguage: string;
  admins: readonly string[];
}

type Profile = Readonly<Record<string, unknown>>;

/**
 * The bots in the stack's secrets, each a JSON object of `"platform/name": { ...secrets and settings }`. A later one wins. One
 * that has no secrets at all is none.
 * Throws a sentence that never repeats a secret's content.
 */
export function readBots(secrets: readonly string[], defaults: Defaults): Map<string, Bot> {
  const profiles = secrets.flatMap((text) => Object.entries(readObject(text)));
  const bots = profiles.flatMap(([name, profile]) => botOf(name, profile, defaults) ?? []);
  return new Map(bots.map((bot) => [bot.name, bot]));
}

function botOf(name: string, profile: unknown, defaults: Defaults): Bot | undefined {
  const [platform = '', bot = ''] = name.split('/');
  if (!isProfile(profile) || !platform || !bot) throw new Error(`The bot secret is not readable at ${name}: ${SHAPE}`);
  const { accounts, services, severities, admins, language, caseLanguage, newCasesIn, ...rest } = profile;
  const given = Object.entries(rest).flatMap(([key, value]) => (value === '' ? [] : [[key, String(value)] as const]));
  if (given.length === 0) return undefined;
  return {
    name,
    platform,
    secrets: Object.fromEntries(given),
    accounts: listOf(accounts),
    services: listOf(services),
    severities: listOf(severities),
    admins: [...defaults.admins, ...listOf(admins)],
    newCasesIn: typeof newCasesIn === 'string' ? newCasesIn : '',
    language: language === 'en' || language === 'zh-CN' ? language : defaults.language,
    caseLanguage: typeof caseLanguage === 'string' && caseLanguage ? caseLanguage : defaults.caseLanguage,
  };
}

const SHAPE = 'it must be {"feishu/main": {"appId": "...", ...}, ...}.';

/** A list, or words separated by commas. */
export function listOf(value: unknown): string[] {
  const items = Array.isArray(value) ? value.map(String) : String(value ?? '').split(/[\s,;，；]+/);
  return items.map((item) => item.trim()).filter(Boolean);
}

function readObject(text: string): Profile {
  const value = parsed(text);
  if (!isProfile(value)) throw new Error(`The bot secret is not readable: ${SHAPE}`);
  return value;
}

/** JSON.parse would put the text, and with it the secrets, into its error. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isProfile = (value: unknown): value is Profile =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
