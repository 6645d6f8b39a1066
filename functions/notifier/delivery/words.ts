import type { LocalizedText } from '../../../plugins/formatter';

/** What a digest says in our own words. */
export const WORDS = {
  critical: { en: 'critical', 'zh-CN': '严重' },
  warning: { en: 'warning', 'zh-CN': '警告' },
  info: { en: 'info', 'zh-CN': '信息' },
  resolved: { en: 'resolved', 'zh-CN': '已恢复' },
  comma: { en: ', ', 'zh-CN': '，' },
  gravest: { en: 'Most severe', 'zh-CN': '最严重' },
  why: {
    en: 'More came than this chat may be sent one by one, so this message stands for all of them.',
    'zh-CN': '短时间内的事件超过了本群机器人的发送限额，本消息汇总了全部事件。',
  },
  events: (count: number): LocalizedText => ({ en: `${count} events`, 'zh-CN': `${count} 个事件` }),
  groups: (count: number): LocalizedText => ({ en: `${count} more groups`, 'zh-CN': `另外 ${count} 组` }),
  more: (count: number): LocalizedText => ({
    en: `… and ${count} more, counted above`,
    'zh-CN': `…… 另有 ${count} 个，已计入上方统计`,
  }),
} as const satisfies Record<string, LocalizedText | ((count: number) => LocalizedText)>;
