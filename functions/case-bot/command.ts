import type { Card, ChatMessage, User } from '@casebell/im/bots';
import type { LocalizedText } from '../shared/locale';
import type { Office } from './office';
import type { Spoken } from './spoken';

/** What stands behind the word of a command. */
export interface Argument {
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
  readonly spoken: Spoken;
  /** What to type behind the word; absent where the command is for buttons only, and then help does not show it. */
  readonly usage?: LocalizedText;
  /** What it is good for, in half a line. */
  readonly about?: LocalizedText;
  /** Whether it changes something, and is therefore written down. */
  readonly changes?: true;
  /** Whether only an administrator may. */
  readonly admin?: true;
  /**
   * May be run again after a crash: what it changes, it changes once.
   * Throws Misunderstanding, SupportTrouble and Later. `undefined`: all has been said.
   */
  run(argument: Argument, message: ChatMessage, office: Office): Promise<Card | undefined>;
}
