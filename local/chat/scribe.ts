import type { Json } from './json';
import type { CallbackCall, TwoWayName } from './workplace';

/** One kind of callback. */
export interface Kind {
  /**
   * What it says, before it is signed and encrypted. Different numbers are different messages, in forty conversations.
   * @param at ms since 1970
   */
  draft(number: number, at: number): Json;
  /** As the platform sends it at that time, whatever is in it. */
  seal(content: Json, at: number): CallbackCall;
}

/**
 * Writes callbacks without anybody having said anything: as many as a load wants, and as odd as a test wants them, signed
 * by the platform all the same.
 */
export interface Scribe {
  readonly platform: TwoWayName;
  /** With which the bot is opened that believes them. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly kinds: Readonly<Record<string, Kind>>;
}

/** The number of a conversation. */
export const roomOf = (number: number): number => number % 40;
