import { existsSync, statSync } from 'node:fs';
import { WEBHOOK_PLATFORMS, type WebhookPlatform } from '@casebell/im/webhooks';
import { type CompiledFormatter, loadFormatters, withBuiltIns } from '../../functions/notifier/format/formatters';
import { createLocale } from '../../functions/shared/locale';
import type { Log } from '../../functions/shared/log';
import { createTimeZone } from '../../functions/shared/time';
import type { Locale } from '../../plugins/formatter';

const BUILT_IN_PLUGINS = 'dist/layers/plugins/nodejs/plugins/built-in';
export const PLATFORM_NAMES = WEBHOOK_PLATFORMS.map(({ name }) => name);

/** What formatting needs, as in the notifier. */
export interface PreviewContext {
  formatters: readonly CompiledFormatter[];
  platforms: readonly WebhookPlatform[];
  locale: Locale;
  log: Log;
  /** What the log was given since this was last emptied: plugins that did not load, formatters that failed. */
  errors: string[];
}

export interface PreviewOptions {
  language: string;
  timeZone: string;
  /** Files or folders with plugins, which come before the built-in ones. */
  plugins: readonly string[];
  platforms?: readonly string[];
}

/** @throws for an option with an unknown value, with the known ones. */
export async function createPreviewContext({
  language,
  timeZone,
  plugins,
  platforms = PLATFORM_NAMES,
}: PreviewOptions): Promise<PreviewContext> {
  if (language !== 'zh-CN' && language !== 'en')
    throw new Error(`--lang ${language} is not known: it may be zh-CN or en.`);
  const zone = createTimeZone(timeZone);
  if (!zone) throw new Error(`--time-zone ${timeZone} is not known: give an IANA name such as Asia/Shanghai or UTC.`);
  const missing = [BUILT_IN_PLUGINS, ...plugins].find((path) => !existsSync(path));
  if (missing === BUILT_IN_PLUGINS) throw new Error(`${missing} is missing: run npm run build.`);
  if (missing) throw new Error(`There is no plugin ${missing}.`);
  const unsuitable = plugins.find((path) => !/\.[cm]js$/.test(path) && !statSync(path).isDirectory());
  if (unsuitable) throw new Error(`${unsuitable} is no plugin: give a .mjs or .cjs file, or a folder with such files.`);
  const errors: string[] = [];
  const collect = (message: string, fields: object = {}) => errors.push([message, ...Object.values(fields)].join(': '));
  const log: Log = { info: () => undefined, warn: collect, error: collect };
  return {
    formatters: withBuiltIns(await loadFormatters([...plugins, BUILT_IN_PLUGINS], log)),
    platforms: platforms.map(webhookPlatformNamed),
    locale: createLocale(language, zone),
    log,
    errors,
  };
}

function webhookPlatformNamed(name: string): WebhookPlatform {
  const platform = WEBHOOK_PLATFORMS.find((each) => each.name === name);
  if (!platform) throw new Error(`--platform ${name} is not known: it may be ${PLATFORM_NAMES.join(', ')}.`);
  return platform;
}
