import type { Language, Locale, LocalizedText } from '../../plugins/formatter';
import { formatTime, type TimeZone } from './time';

export type { Language, Locale, LocalizedText } from '../../plugins/formatter';

/** The common vocabulary of cards, so that formatters name the same thing the same way. */
const VOCABULARY: Readonly<Record<string, LocalizedText>> = {
  account: { en: 'Account', 'zh-CN': '账号' },
  category: { en: 'Category', 'zh-CN': '类别' },
  console: { en: 'Open console', 'zh-CN': '打开控制台' },
  description: { en: 'Description', 'zh-CN': '描述' },
  next: { en: 'Next step', 'zh-CN': '下一步' },
  reason: { en: 'Reason', 'zh-CN': '原因' },
  region: { en: 'Region', 'zh-CN': '区域' },
  resources: { en: 'Resources', 'zh-CN': '资源' },
  service: { en: 'Service', 'zh-CN': '服务' },
  severity: { en: 'Severity', 'zh-CN': '严重程度' },
  since: { en: 'Since', 'zh-CN': '开始时间' },
  source: { en: 'Source', 'zh-CN': '来源' },
  state: { en: 'State', 'zh-CN': '状态' },
  status: { en: 'Status', 'zh-CN': '状态' },
  subject: { en: 'Subject', 'zh-CN': '主题' },
  time: { en: 'Time', 'zh-CN': '时间' },
  until: { en: 'Until', 'zh-CN': '结束时间' },
};

/**
 * The reader's language, time zone and console.
 * @param accountNames by account id
 */
export function createLocale(
  language: Language,
  timeZone: TimeZone,
  accountNames: ReadonlyMap<string, string> = new Map(),
): Locale {
  return {
    language,
    t: (text: LocalizedText | string) =>
      typeof text === 'string' ? (VOCABULARY[text]?.[language] ?? text) : (text[language] ?? text.en),
    time: (when) => formatTime(when, timeZone),
    account: (id) => (accountNames.has(id) ? `${accountNames.get(id)} (${id})` : id),
    console: consoleUrl,
  };
}

const CONSOLE_HOSTS = [
  { regions: /^cn-/, host: 'console.amazonaws.cn' },
  { regions: /^us-gov-/, host: 'console.amazonaws-us-gov.com' },
  { regions: /^/, host: 'console.aws.amazon.com' },
] as const;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

/**
 * A console URL in one of the three public partitions: AWS `{region}.console.aws.amazon.com`, China
 * `{region}.console.amazonaws.cn`, GovCloud `{region}.console.amazonaws-us-gov.com`. An unreadable Region becomes us-east-1.
 */
function consoleUrl(service: string, region: string, path = ''): string {
  const known = REGION.test(region) ? region : 'us-east-1';
  const host = CONSOLE_HOSTS.find(({ regions }) => regions.test(known))?.host;
  return `https://${known}.${host}/${service}/home?region=${known}${path}`;
}
