import type { Card, ChatMessage, User } from '@casebell/im/bots';
import type { Language, LocalizedText } from '../../shared/locale';
import type { MessageContext } from './context';
/** What stands behind the word of a command. */
export interface CommandArgument {
  /** As typed, without the command's word and without `name: value` lines. */
  text: string;
  /** As typed, every line of it: for words that go to AWS as they are. */
  verbatim: string;
  /** Of a form, or of `name: value` lines. */
  fields: Readonly<Record<string, string>>;
  mentions: readonly User[];
}

/** One thing that the bot can do. It answers; it never sends. */
export interface Command {
  readonly names: CommandNames;
  /** What to type behind the word; absent where the command is for buttons only, and then help does not show it. */
  readonly usage?: LocalizedText;
  /** What it is good for, in half a line. */
  readonly about?: LocalizedText;
  /** Whether it changes something, and is therefore written down. */
  readonly changes?: true;
  /** Whether only an administrator may. */
  readonly adminOnly?: true;
  /**
   * May be run again after a crash: what it changes, it changes once.
   * Throws Misunderstanding, SupportTrouble and Later. `undefined`: all has been said.
   */
  run(argument: CommandArgument, message: ChatMessage, ctx: MessageContext): Promise<Card | undefined>;
}

/** How a command is called: the word of each language, and what else is understood. Case and full-width letters do not matter. */
export type CommandNames = LocalizedText & { readonly also?: readonly string[] };

/** The words that our own cards type: on buttons, in forms, in advice. A command that no card mentions brings its own. */
export const COMMAND_NAMES = {
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
} as const satisfies Record<string, CommandNames>;

/** A command as a person would type it, e.g. `回复 123456 重启后好了`. */
export function commandText(spoken: CommandNames, language: Language, ...words: string[]): string {
  return [spoken[language], ...words].join(' ');
}

export const allNames = (spoken: CommandNames): string[] => [spoken['zh-CN'], spoken.en, ...(spoken.also ?? [])];
