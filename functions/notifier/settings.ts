import type { Language } from '../../plugins/formatter';
import type { Log } from './log';

/** What the stack's parameters come to, read once at a cold start. */
export interface Settings {
  /** ARN of the secret that holds the webhooks. */
  secretArn: string;
  keyword: string;
  language: Language;
  timeZone: string;
  /** Folders with plugins; the first folder's are asked first. */
  pluginPath: string[];
  /** Where chat emulators answer, on a developer's machine; empty on AWS. */
  chatEndpoint: string;
}

/**
 * How a card looks is no reason to lose it: a wrong language is logged, and the default is taken.
 * Without a secret nobody can be told: that throws.
 */
export function readSettings(env: NodeJS.ProcessEnv, log: Log): Settings {
  if (!env.WEBHOOK_SECRET_ARN)
    throw new Error('WEBHOOK_SECRET_ARN is not set: the notifier does not know whom to tell.');
  return {
    secretArn: env.WEBHOOK_SECRET_ARN,
    keyword: (env.KEYWORD ?? '').trim(),
    language: languageOf(env.LANGUAGE, log),
    timeZone: env.TIME_ZONE || 'UTC',
    pluginPath: (env.PLUGIN_PATH || '/opt/nodejs/plugins').split(':').filter(Boolean),
    chatEndpoint: env.CHAT_ENDPOINT_URL ?? '',
  };
}

function languageOf(given: string | undefined, log: Log): Language {
  if (!given) return 'zh-CN';
  if (isLanguage(given)) return given;
  log.error('settings.wrong', { setting: 'LANGUAGE', given, instead: 'zh-CN' });
  return 'zh-CN';
}

const isLanguage = (text: string): text is Language => text === 'zh-CN' || text === 'en';
