import type { Json } from './json';
import type { SignedCallback } from './workspace';

/** One kind of callback. */
export interface CallbackTemplate {
  /**
   * The content before it is signed and encrypted. Different numbers are different messages, in forty conversations.
   * @param at milliseconds since 1970
   */
  build(number: number, at: number): Json;
  /** The callback as the platform sends it at that time, with any content. */
  sign(content: Json, at: number): SignedCallback;
}

/** Signed callbacks without a person who acts: as many as a load test needs, and as malformed as a test needs. */
export interface CallbackTemplates {
  readonly platform: string;
  /** The secrets of the bot that accepts them. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, CallbackTemplate>>;
}

export const conversationNumber = (number: number): number => number % 40;
