import type { Tongue } from '@casebell/im';

/** An output that was written without a look at the guard, and whether it may be shown. */
export interface HeldOut {
  /** A file of `events/`, without `.json`, or a name in `words.ts`. */
  of: string;
  language: Tongue;
  /** What it is a summary of, when good; what is wrong with it, when bad. */
  about: string;
  text: string;
  verdict: 'good' | 'bad';
}

type Row = readonly [of: string, text: string];

export const held = (verdict: HeldOut['verdict'], language: Tongue, about: string, rows: readonly Row[]): HeldOut[] =>
  rows.map(([of, text]) => ({ of, language, about, text, verdict }));

/** A draft, as the model is asked to write it. */
export const lines = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
