import type { OutputLanguage } from '@casebell/im/webhooks';

/** An output that was written without a look at the guard, and whether it may be shown. */
export interface HeldOut {
  /** A file of `events/`, without `.json`, or a name in `words.ts`. */
  of: string;
  language: OutputLanguage;
  /** What it is a summary of, when good; what is wrong with it, when bad. */
  about: string;
  text: string;
  verdict: 'good' | 'bad';
  /** Why the guard cannot tell, where it cannot; see `README.md`, "A model". */
  beyond?: string;
}

type Row = readonly [of: string, text: string, beyond?: string];

export const held = (
  verdict: HeldOut['verdict'],
  language: OutputLanguage,
  about: string,
  rows: readonly Row[],
): HeldOut[] => rows.map(([of, text, beyond]) => ({ of, language, about, text, verdict, ...(beyond && { beyond }) }));

/** What the guard cannot tell. */
export const BEYOND = {
  count: 'what the model has counted or worked out itself is not believed, right or wrong',
  day: 'a day is named as the original names it, and today only where it says so',
  role: 'each figure and name stands in the original, for something else',
  negation: 'only whoever understands the sentence knows that it says the opposite',
  cause: 'a cause or a consequence in plain words has nothing that could be looked up',
  place: 'a name in plain words looks like any other word',
  advice: 'advice in plain words that names nothing dangerous',
  idiom: 'there is no end to the ways to say that all is well',
} as const;

/** A draft, as the model is asked to write it. */
export const lines = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
