import type { Locale, LocalizedText } from '../../shared/locale';
import type { FieldName } from './draft';

/** The names of a case's fields. */
export const LABELS: Readonly<Record<FieldName, LocalizedText>> = {
  account: { en: 'Account', 'zh-CN': '账号' },
  subject: { en: 'Subject', 'zh-CN': '题目' },
  body: { en: 'Description', 'zh-CN': '描述' },
  issueType: { en: 'Issue type', 'zh-CN': '问题类型' },
  serviceCode: { en: 'Service', 'zh-CN': '服务' },
  categoryCode: { en: 'Category', 'zh-CN': '类别' },
  severityCode: { en: 'Severity', 'zh-CN': '严重级别' },
  language: { en: 'Language', 'zh-CN': '工单语言' },
  cc: { en: 'Cc (e-mail)', 'zh-CN': '抄送邮箱' },
};

/** What to enter, shown in an empty field. */
export const HINTS: Partial<Readonly<Record<FieldName, LocalizedText>>> = {
  subject: { en: 'one line', 'zh-CN': '一句话概括问题' },
  body: {
    en: 'when (with time zone), resources and Region, symptoms, business impact',
    'zh-CN': '发生时间（含时区）、资源 ID 和区域、现象、业务影响',
  },
  serviceCode: { en: 'a name such as EC2, or its code', 'zh-CN': '服务名（如 EC2）或 serviceCode' },
  categoryCode: { en: 'may be left empty: you will be asked', 'zh-CN': '可不填，稍后会请您选择' },
  issueType: { en: 'may be left empty: technical', 'zh-CN': '可不填，默认技术问题' },
  language: { en: 'may be left empty: the usual one', 'zh-CN': '可不填，用默认语言' },
  severityCode: { en: 'choose', 'zh-CN': '请选择' },
  account: { en: 'choose', 'zh-CN': '请选择' },
  cc: { en: 'optional, up to 10, separated by commas', 'zh-CN': '可不填，最多 10 个，用逗号分隔' },
};

export const ISSUE_TYPES = ['technical', 'customer-service'] as const;

const ISSUE_TYPE_NAMES: Readonly<Record<string, LocalizedText>> = {
  technical: { en: 'technical', 'zh-CN': '技术问题' },
  'customer-service': { en: 'account and billing', 'zh-CN': '账户与账单' },
};

/** First-response targets of AWS Support (User Guide, "Choosing a severity"). */
const SEVERITY_NAMES: Readonly<Record<string, LocalizedText>> = {
  low: { en: 'low · general guidance, answer within 24 h', 'zh-CN': '低 · 一般咨询，24 小时内响应' },
  normal: { en: 'normal · system impaired, answer within 12 h', 'zh-CN': '中 · 系统受损，12 小时内响应' },
  high: { en: 'high · production impaired, answer within 4 h', 'zh-CN': '高 · 生产系统受损，4 小时内响应' },
  urgent: { en: 'urgent · production down, answer within 1 h', 'zh-CN': '紧急 · 生产系统中断，1 小时内响应' },
  critical: {
    en: 'critical · business-critical down, answer within 15 min',
    'zh-CN': '严重 · 关键业务中断，15 分钟内响应',
  },
};

const OPTION_NAMES: Partial<Record<FieldName, Readonly<Record<string, LocalizedText>>>> = {
  issueType: ISSUE_TYPE_NAMES,
  severityCode: SEVERITY_NAMES,
};

/** Our name of an issue type or severity; undefined where there is none. */
export function optionName(field: FieldName, code: string, { t }: Locale): string | undefined {
  const name = OPTION_NAMES[field]?.[code];
  return name && t(name);
}

/** Severities as people type them. */
export const SEVERITY_WORDS: Readonly<Record<string, string>> = {
  低: 'low',
  中: 'normal',
  一般: 'normal',
  普通: 'normal',
  高: 'high',
  紧急: 'urgent',
  严重: 'critical',
};

/** The languages in which AWS Support handles cases (DescribeCases, `language`). */
export const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  zh: '中文',
  en: 'English',
  ja: '日本語',
  ko: '한국어',
  es: 'Español',
  pt: 'Português',
  fr: 'Français',
  tr: 'Türkçe',
};
