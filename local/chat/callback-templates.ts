import type { Json } from './json';
import type { BotPlatformName, SignedCallback } from './workspace';

/** One kind of callback. */
export interface CallbackTemplate {
  /**
   * What it says, before it is signed and encrypted. Different numbers are different messages, in forty conversations.
   * @param at ms since 1970
   */
  build(number: number, at: number): Json;
  /** As the platform sends it at that time, whatever is in it. */
  sign(content: Json, at: number): SignedCallback;
}

/**
 * Writes callbacks without anybody having said anything: as many as a load wants, and as odd as a test wants them, signed
 * by the platform all the same.
 */
export interface CallbackTemplates {
  readonly platform: BotPlatformName;
  /** With which the bot is opened that believes them. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, CallbackTemplate>>;
}

/** The number of a conversation. */
export const conversationNumber = (number: number): number => number % 40;
