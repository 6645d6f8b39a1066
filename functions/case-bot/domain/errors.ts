import type { LocalizedText } from '../say';

/** What a person said cannot be done as it was said: told to that person in plain words, with what to do next. */
export class UserInputError extends Error {
  override readonly name = 'Misunderstanding';
  readonly userMessage: LocalizedText;

  constructor(both: LocalizedText) {
    super(both.en);
    this.userMessage = both;
  }
}

/** Not now, but the same message may work in a minute: the queue brings it again. */
export class RetryLaterError extends Error {
  override readonly name = 'Later';
  /** What the person is told meanwhile. */
  readonly userMessage?: LocalizedText;

  constructor(reason: string, both?: LocalizedText) {
    super(reason);
    this.userMessage = both;
  }
}
