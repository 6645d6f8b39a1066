import { BOT_PLATFORMS, type Secrets } from '@casebell/im/bots';
import type { Language, LocalizedText } from '../../shared/locale';

/** One bot on one platform: its secrets, and what it may do. */
export interface BotConfig {
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
  newCaseConversation: string;
}

export interface BotDefaults {
  language: Language;
  caseLanguage: string;
  admins: readonly string[];
}

type Profile = Readonly<Record<string, unknown>>;

/** An entry that is left out, or a whole secret that cannot be read, and why; never what it holds. */
export interface ConfigProblem {
  /** `platform/name`; empty for an entry that is not called so, absent for a whole secret. */
  bot?: string;
  reason: LocalizedText;
}

export interface ParsedBots {
  bots: ReadonlyMap<string, BotConfig>;
  problems: readonly ConfigProblem[];
}

/**
 * The bots in the stack's secrets, each a JSON object of `"platform/name": { ...secrets and settings }`. A later one wins. One
 * that has no secrets at all is none. What cannot be read is left out, and the others stay; but none takes the place of one that was
 * meant to be narrower, so an earlier bot of the same name is left out, too.
 */
export function parseBots(secrets: readonly string[], defaults: BotDefaults): ParsedBots {
  const bots = new Map<string, BotConfig>();
  const problems: ConfigProblem[] = [];
  for (const text of secrets)
    for (const one of readSecret(text, defaults)) {
      for (const name of [...bots.keys()].filter((known) => isReplaced(known, one, text))) bots.delete(name);
      if (isFault(one)) problems.push(one);
      else bots.set(one.name, one);
    }
  return { bots, problems };
}

function readSecret(text: string, defaults: BotDefaults): (BotConfig | ConfigProblem)[] {
  const profiles = parsed(text);
  if (!isProfile(profiles)) return [{ reason: SHAPE }];
  return Object.entries(profiles).flatMap(([name, profile]) => botOf(name, profile, defaults) ?? []);
}

const isFault = (one: BotConfig | ConfigProblem): one is ConfigProblem => 'reason' in one;

/** Of a secret that is not readable, whatever it seems to name; JSON may write a slash as `\/`. */
function isReplaced(known: string, by: BotConfig | ConfigProblem, text: string): boolean {
  const name = isFault(by) ? by.bot : by.name;
  return name === undefined ? text.replaceAll('\\/', '/').includes(`"${known}"`) : name === known;
}

function botOf(name: string, profile: unknown, defaults: BotDefaults): BotConfig | ConfigProblem | undefined {
  const [platform = '', bot = ''] = name.split('/');
  if (!PLATFORMS.includes(platform) || !NAME.test(bot) || name !== `${platform}/${bot}`)
    return { bot: '', reason: MISNAMED };
  if (!isProfile(profile)) return { bot: name, reason: SHAPE };
  const odd = Object.entries(profile).find(([key, value]) => typeof value === 'object' && !isList(key, value));
  if (odd) return { bot: name, reason: oddly(odd[0]) };
  const { accounts, services, severities, admins, language, caseLanguage, newCaseConversation, ...rest } = profile;
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
    newCaseConversation: typeof newCaseConversation === 'string' ? newCaseConversation : '',
    language: language === 'en' || language === 'zh-CN' ? language : defaults.language,
    caseLanguage: typeof caseLanguage === 'string' && caseLanguage ? caseLanguage : defaults.caseLanguage,
  };
}

const PLATFORMS = BOT_PLATFORMS.map(({ name }) => name);
/** As a part of the path of a callback. */
const NAME = /^[\w.-]+$/;
const LISTS = ['accounts', 'services', 'severities', 'admins'];

/** What is not there is no fault. */
const isList = (key: string, value: unknown): boolean =>
  value === null || (LISTS.includes(key) && Array.isArray(value));

const SHAPE: LocalizedText = {
  en: 'It is not readable: it must be JSON, {"feishu/main": {"appId": "...", ...}, ...}.',
  'zh-CN': '无法读取：必须是 JSON，格式为 {"feishu/main": {"appId": "...", ...}, ...}。',
};
const MISNAMED: LocalizedText = {
  en: `One of its names is not PLATFORM/NAME with a platform of ${PLATFORMS.join(', ')}.`,
  'zh-CN': `其中有一个名称不是“平台/名称”的形式，平台可以是 ${PLATFORMS.join('、')}。`,
};
const oddly = (key: string): LocalizedText => ({
  en: `Its "${key}" is neither a text nor one of the lists (${LISTS.join(', ')}).`,
  'zh-CN': `其中的“${key}”既不是文字，也不是列表（${LISTS.join('、')}）。`,
});

/** A list, or words separated by commas. */
export function listOf(value: unknown): string[] {
  const items = Array.isArray(value) ? value.map(String) : String(value ?? '').split(/[\s,;，；]+/);
  return items.map((item) => item.trim()).filter(Boolean);
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
