import type { Language, LocalizedText } from '../shared/locale';

/** How a command is called: the word of each language, and what else is understood. Case and full-width letters do not matter. */
export type Spoken = LocalizedText & { readonly also?: readonly string[] };

/** The words that our own cards type: on buttons, in forms, in advice. A command that no card mentions brings its own. */
export const SPOKEN = {
  help: { en: 'help', 'zh-CN': '帮助', also: ['?', '？', '使用帮助', 'guide'] },
  open: { en: 'open', 'zh-CN': '开工单', also: ['提工单', '新工单', 'new case', 'create case'] },
  content: { en: 'content', 'zh-CN': '内容', also: ['正文', 'body'] },
  fill: { en: 'fill', 'zh-CN': '填写' },
  edit: { en: 'edit', 'zh-CN': '修改' },
  file: { en: 'submit', 'zh-CN': '提交' },
  discard: { en: 'discard', 'zh-CN': '放弃' },
  services: { en: 'services', 'zh-CN': '查找服务', also: ['查找ServiceCode', '查找', 'service'] },
  cases: { en: 'cases', 'zh-CN': '历史', also: ['历史工单', 'history'] },
  show: { en: 'case', 'zh-CN': '工单', also: ['查看工单', '查看往来', 'correspondence'] },
  reply: { en: 'reply', 'zh-CN': '回复' },
  attach: { en: 'attach', 'zh-CN': '附件', also: ['添加附件'] },
  resolve: { en: 'resolve', 'zh-CN': '关闭工单', also: ['释放工单', '释放case', '释放', 'close'] },
  resolveNow: { en: 'confirm resolve', 'zh-CN': '确认关闭' },
  admin: { en: 'admin', 'zh-CN': '设置管理员' },
  allow: { en: 'allow', 'zh-CN': '添加白名单' },
} as const satisfies Record<string, Spoken>;

/** A command as a person would type it, e.g. `回复 123456 重启后好了`. */
export function typed(spoken: Spoken, language: Language, ...words: string[]): string {
  return [spoken[language], ...words].join(' ');
}

export const wordsOf = (spoken: Spoken): string[] => [spoken['zh-CN'], spoken.en, ...(spoken.also ?? [])];
