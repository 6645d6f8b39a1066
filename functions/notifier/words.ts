import type { LocalizedText } from '../../plugins/formatter';

/** The common vocabulary: words that most cards need, so that plugins say the same thing the same way. */
export const WORDS: Readonly<Record<string, LocalizedText>> = {
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
