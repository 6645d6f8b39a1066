import type { Json } from '../../local/chat/json';
import type { Attempt } from './knock.fixture';
import { put } from './paths.fixture';
import { requestOf, type Sample } from './sample.fixture';

/** What was done to a callback; what is left out is as it was. */
export interface Spoilt extends Partial<Attempt> {
  /** What the platform signed, or would have signed, where the content was changed before. */
  content?: Json;
}

/**
 * Whether the door may let it in all the same: `never`; `same`, because nothing that anybody reads has changed, and then only
 * with the same result; `by body`, where the platform does not vouch for the body, and what is in it now decides.
 */
export type Fate = 'never' | 'same' | 'by body';

export interface Mutation {
  fate(sample: Sample): Fate;
  /** How often it is tried on each sample, with other random numbers. */
  times: number;
  /** undefined where there is nothing of the kind to spoil. */
  spoil(sample: Sample, random: () => number): Spoilt | undefined;
}

export type Mutations = Readonly<Record<string, Mutation>>;

/** Done to the content, and then signed by the platform itself. */
export function resealed(sample: Sample, content: Json): Spoilt {
  return { content, request: requestOf(sample.kind.sign(content, sample.at)) };
}

export const changed = (sample: Sample, path: readonly string[], value: unknown): Spoilt =>
  resealed(sample, put(sample.content, path, value));

/** A number below this one. */
export const below = (count: number, random: () => number): number => Math.floor(random() * count);
