import { seeded } from '../../functions/notifier/random.fixture';
import { BODY_MUTATIONS } from './body-mutations.fixture';
import { CONTENT_MUTATIONS } from './content-mutations.fixture';
import { GATE_MUTATIONS } from './gate-mutations.fixture';
import { HEADER_MUTATIONS } from './header-mutations.fixture';
import { type Attempt, botOf, type Outcome } from './knock.fixture';
import type { Fate, Mutations, Spoilt } from './mutation.fixture';
import { type Sample, samplesOf } from './sample.fixture';

/** One spoilt callback. */
export interface Trial {
  sample: Sample;
  mutation: string;
  fate: Fate;
  spoilt: Spoilt;
  attempt: Attempt;
}

export const MUTATIONS: Mutations = {
  ...BODY_MUTATIONS,
  ...HEADER_MUTATIONS,
  ...GATE_MUTATIONS,
  ...CONTENT_MUTATIONS,
};

/** A callback as it was written, at the bot that it is for. */
export const soundly = (sample: Sample): Attempt => ({
  ...{ request: sample.request, now: sample.at, secrets: sample.secrets },
  bot: botOf(sample),
});

/** How often each thing came of the spoilt callbacks of each platform, e.g. `dingtalk: refused`. */
export function countsOf(results: readonly { sample: Sample; outcome: Outcome }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { sample, outcome } of results) {
    const name = `${sample.from}: ${outcome.kind}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Every mutation of every sample of that moment; the same ones every time. */
export function trialsAt(at: number, seed: number): Trial[] {
  const random = seeded(seed);
  return samplesOf(at).flatMap((sample) =>
    Object.entries(MUTATIONS).flatMap(([mutation, { fate, times, spoil }]) =>
      Array.from({ length: times }).flatMap(() => {
        const spoilt = spoil(sample, random);
        return spoilt
          ? { sample, mutation, fate: fate(sample), spoilt, attempt: { ...soundly(sample), ...spoilt } }
          : [];
      }),
    ),
  );
}
