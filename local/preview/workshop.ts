import { existsSync, statSync } from 'node:fs';
import { WEBHOOK_PLATFORMS, type WebhookPlatform } from '@casebell/im/webhooks';
import { type CompiledFormatter, loadFormatters, withBuiltIns } from '../../functions/notifier/format/formatters';
import { createLocale } from '../../functions/shared/locale';
import type { Log } from '../../functions/shared/log';
import { createTimeZone } from '../../functions/shared/time-zone';
import type { Locale } from '../../plugins/formatter';

export const BUILT_IN_PLUGINS = 'dist/layers/plugins/nodejs/plugins/built-in';
export const PLATFORM_NAMES = WEBHOOK_PLATFORMS.map(({ name }) => name);

/** What the notifier would have at hand on Lambda, with nobody to tell. */
export interface Workshop {
  formatters: readonly CompiledFormatter[];
  platforms: readonly WebhookPlatform[];
  locale: Locale;
  log: Log;
  /** What went wrong since it was last asked: plugins that did not load, formatters that failed. */
  complaints: string[];
}

interface Wishes {
  language: string;
  timeZone: string;
  /** Plugin files or folders of one's own, asked before the built-in ones. */
  plugins: readonly string[];
  platforms?: readonly string[];
}

/** Throws a sentence that names what was wished for and what there is. */
export async function openWorkshop({
  language,
  timeZone,
  plugins,
  platforms = PLATFORM_NAMES,
}: Wishes): Promise<Workshop> {
  if (language !== 'zh-CN' && language !== 'en')
    throw new Error(`--lang ${language} is not known: it may be zh-CN or en.`);
  const zone = createTimeZone(timeZone);
  if (!zone) throw new Error(`--time-zone ${timeZone} is not known: give an IANA name such as Asia/Shanghai or UTC.`);
  const missing = [BUILT_IN_PLUGINS, ...plugins].find((place) => !existsSync(place));
  if (missing === BUILT_IN_PLUGINS) throw new Error(`${missing} is missing: run npm run build.`);
  if (missing) throw new Error(`There is no plugin ${missing}.`);
  const wrong = plugins.find((place) => !/\.[cm]js$/.test(place) && !statSync(place).isDirectory());
  if (wrong) throw new Error(`${wrong} is no plugin: give a .mjs or .cjs file, or a folder with such files.`);
  const complaints: string[] = [];
  const log = complainingLog(complaints);
  return {
    formatters: withBuiltIns(await loadFormatters([...plugins, BUILT_IN_PLUGINS], log)),
    platforms: platforms.map(platformNamed),
    locale: createLocale(language, zone),
    log,
    complaints,
  };
}

function platformNamed(name: string): WebhookPlatform {
  const platform = WEBHOOK_PLATFORMS.find((candidate) => candidate.name === name);
  if (!platform) throw new Error(`--platform ${name} is not known: it may be ${PLATFORM_NAMES.join(', ')}.`);
  return platform;
}

const complainingLog = (complaints: string[]): Log => {
  const complain = (what: string, facts: object = {}) => complaints.push([what, ...Object.values(facts)].join(': '));
  return { info: () => undefined, warn: complain, error: complain };
};
