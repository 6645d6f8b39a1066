import { BOT_PLATFORMS } from '@casebell/im/bots';
import type { Language, LocalizedText } from '../../shared/locale';
import { parseList } from '../../shared/settings';
import type { BotConfig } from '../domain/context';

/** The stack's values, for bots whose configuration has none. */
export interface BotDefaults {
  language: Language;
  caseLanguage: string;
  admins: readonly string[];
}

/** Why an entry, or a whole secret, cannot be used; never the content of the secret. */
export interface ConfigProblem {
  /** `platform/name`; empty for an entry with another name, absent for a whole secret. */
  bot?: string;
  reason: LocalizedText;
}

export interface ParsedBots {
  bots: ReadonlyMap<string, BotConfig>;
  problems: readonly ConfigProblem[];
}

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Parses the stack's secrets, each a JSON object of `"platform/name": { ...secrets and settings }`. A later entry replaces an earlier one; an
 * entry without secrets is ignored. An invalid entry is left out, and so is an earlier bot of the same name: the invalid entry may have been
 * meant to restrict it.
 */
export function parseBots(secrets: readonly string[], defaults: BotDefaults): ParsedBots {
  const bots = new Map<string, BotConfig>();
  const problems: ConfigProblem[] = [];
  for (const text of secrets)
    for (const entry of parseSecret(text, defaults)) {
      for (const name of [...bots.keys()].filter((known) => replaces(entry, known, text))) bots.delete(name);
      if (isProblem(entry)) problems.push(entry);
      else bots.set(entry.name, entry);
    }
  return { bots, problems };
}

function parseSecret(text: string, defaults: BotDefaults): (BotConfig | ConfigProblem)[] {
  const entries = parseJson(text);
  if (!isObject(entries)) return [{ reason: NOT_JSON }];
  return Object.entries(entries).flatMap(([name, entry]) => parseBot(name, entry, defaults) ?? []);
}

const isProblem = (entry: BotConfig | ConfigProblem): entry is ConfigProblem => 'reason' in entry;

/** A secret that is no JSON replaces every bot whose name it contains; JSON may write a slash as `\/`. */
function replaces(entry: BotConfig | ConfigProblem, known: string, text: string): boolean {
  const name = isProblem(entry) ? entry.bot : entry.name;
  return name === undefined ? text.replaceAll('\\/', '/').includes(`"${known}"`) : name === known;
}

function parseBot(name: string, entry: unknown, defaults: BotDefaults): BotConfig | ConfigProblem | undefined {
  const [platform = '', bot = ''] = name.split('/');
  if (!PLATFORMS.includes(platform) || !NAME.test(bot) || name !== `${platform}/${bot}`)
    return { bot: '', reason: WRONG_NAME };
  if (!isObject(entry)) return { bot: name, reason: NOT_JSON };
  const invalid = Object.entries(entry).find(([key, value]) => typeof value === 'object' && !isList(key, value));
  if (invalid) return { bot: name, reason: notText(invalid[0]) };
  const { accounts, services, severities, admins, language, caseLanguage, newCaseConversation, ...rest } = entry;
  const secrets = Object.entries(rest).flatMap(([key, value]) => (value === '' ? [] : [[key, String(value)] as const]));
  if (secrets.length === 0) return undefined;
  return {
    name,
    platform,
    secrets: Object.fromEntries(secrets),
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
/** It is part of the callback's path. */
const NAME = /^[\w.-]+$/;
const LISTS = ['accounts', 'services', 'severities', 'admins'];

/** `null` counts as absent. */
const isList = (key: string, value: unknown): boolean =>
  value === null || (LISTS.includes(key) && Array.isArray(value));

/** A JSON array, or words separated by commas or spaces. */
function listOf(value: unknown): string[] {
  const items = Array.isArray(value) ? value.map(String) : parseList(String(value ?? ''));
  return items.map((item) => item.trim()).filter(Boolean);
}

/** The error of JSON.parse would contain the text, and with it the secrets. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const NOT_JSON: LocalizedText = {
  en: 'It must be JSON: {"feishu/main": {"appId": "...", ...}, ...}.',
  'zh-CN': '无法读取：必须是 JSON，格式为 {"feishu/main": {"appId": "...", ...}, ...}。',
};
const WRONG_NAME: LocalizedText = {
  en: `A name in it is not PLATFORM/NAME with one of the platforms ${PLATFORMS.join(', ')}.`,
  'zh-CN': `其中有一个名称不是“平台/名称”的形式，平台可以是 ${PLATFORMS.join('、')}。`,
};
const notText = (key: string): LocalizedText => ({
  en: `Its "${key}" is neither text nor one of the lists (${LISTS.join(', ')}).`,
  'zh-CN': `其中的“${key}”既不是文字，也不是列表（${LISTS.join('、')}）。`,
});
