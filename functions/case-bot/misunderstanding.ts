import type { LocalizedText } from '../shared/locale';

/** What a person said cannot be done as it was said: told to that person in plain words, with what to do next. */
export class Misunderstanding extends Error {
  override readonly name = 'Misunderstanding';
  readonly both: LocalizedText;

  constructor(both: LocalizedText) {
    super(both.en);
    this.both = both;
  }
}

/** Not now, but the same message may work in a minute: the queue brings it again. */
export class Later extends Error {
  override readonly name = 'Later';
  /** What the person is told meanwhile. */
  readonly both?: LocalizedText;

  constructor(reason: string, both?: LocalizedText) {
    super(reason);
    this.both = both;
  }
}
