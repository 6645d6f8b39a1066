import type { Card, ChatMessage, User } from '@casebell/im/bots';
import type { Language, LocalizedText } from '../../shared/locale';
import type { MessageContext } from './context';

/** What follows the name of a command. */
export interface CommandArgument {
  /** As typed, without `name: value` lines. */
  text: string;
  /** As typed, with every line: for text that goes to AWS unchanged. */
  verbatim: string;
  /** The values of a form or of `name: value` lines. */
  fields: Readonly<Record<string, string>>;
  mentions: readonly User[];
}

/** One thing that the bot can do. A command returns its response; it does not send it. */
export interface Command {
  readonly names: CommandNames;
  /** What to type after the name. Absent for commands that only buttons use; help does not list those. */
  readonly usage?: LocalizedText;
  /** What it does, in half a line. */
  readonly about?: LocalizedText;
  /** Set where the command changes something: then it is audited. */
  readonly changes?: true;
  readonly adminOnly?: true;
  /**
   * Must be safe to run again after a crash. Returns undefined where nothing is left to send.
   * Throws UserInputError, SupportError and RetryLaterError.
   */
  run(argument: CommandArgument, message: ChatMessage, ctx: MessageContext): Promise<Card | undefined>;
}

/** The name of a command in each language, and its other names. Case and width do not matter. */
export type CommandNames = LocalizedText & { readonly also?: readonly string[] };

/** The commands that cards contain: on buttons, in forms, in advice. Other commands define their names themselves. */
export const COMMAND_NAMES = {
  help: { en: 'help', 'zh-CN': '帮助', also: ['?', '？', '使用帮助', 'guide'] },
  open: { en: 'open', 'zh-CN': '开工单', also: ['提工单', '新工单', 'new case', 'create case'] },
  content: { en: 'content', 'zh-CN': '内容', also: ['正文', 'body'] },
  fill: { en: 'fill', 'zh-CN': '填写' },
  edit: { en: 'edit', 'zh-CN': '修改' },
  submit: { en: 'submit', 'zh-CN': '提交' },
  discard: { en: 'discard', 'zh-CN': '放弃' },
  services: { en: 'services', 'zh-CN': '查找服务', also: ['查找ServiceCode', '查找', 'service'] },
  cases: { en: 'cases', 'zh-CN': '历史', also: ['历史工单', 'history'] },
  show: { en: 'case', 'zh-CN': '工单', also: ['查看工单', '查看往来', 'correspondence'] },
  reply: { en: 'reply', 'zh-CN': '回复' },
  attach: { en: 'attach', 'zh-CN': '附件', also: ['添加附件'] },
  resolve: { en: 'resolve', 'zh-CN': '关闭工单', also: ['释放工单', '释放case', '释放', 'close'] },
  confirmResolve: { en: 'confirm resolve', 'zh-CN': '确认关闭' },
  admin: { en: 'admin', 'zh-CN': '设置管理员' },
  allow: { en: 'allow', 'zh-CN': '添加白名单' },
} as const satisfies Record<string, CommandNames>;

/** A command as a person would type it, such as `回复 123456 重启后好了`. */
export function commandText(
  name: keyof typeof COMMAND_NAMES,
  { language }: { language: Language },
  ...words: string[]
): string {
  return [COMMAND_NAMES[name][language], ...words].join(' ');
}

export const allNames = (names: CommandNames): string[] => [names['zh-CN'], names.en, ...(names.also ?? [])];
