import { samplesOf } from './callback-samples.fixture';
import {
  countsOf,
  type DeliveryOutcome,
  deliver,
  faultsOf,
  isSame,
  MUTATIONS,
  type Trial,
  trialsAt,
  unmutated,
} from './callbacks.fixture';

const NOW = Date.UTC(2026, 10, 26, 4);

interface Result extends Trial {
  outcome: DeliveryOutcome;
  /** Of the same callback without its mutation. */
  original: DeliveryOutcome;
}

const TRIALS = trialsAt(NOW, 4);
const results: Result[] = [];

beforeAll(async () => {
  for (const trial of TRIALS) {
    const outcome = await deliver(trial.sample, trial.attempt);
    results.push({ ...trial, outcome, original: await deliver(trial.sample, unmutated(trial.sample)) });
  }
});

it.each(samplesOf(NOW).map((sample) => [sample.from, sample.kindName, sample] as const))(
  'a genuine callback of %s, a %s, is accepted; delivered twice it is one message',
  async (_from, kindName, sample) => {
    const [first, second] = [await deliver(sample, unmutated(sample)), await deliver(sample, unmutated(sample))];
    expect(first.kind).toBe(kindName === 'handshake' ? 'replied' : 'accepted');
    expect(isSame(first, second)).toBe(true);
  },
);

it.each(Object.keys(MUTATIONS))('a callback with this mutation is not accepted wrongly: %s', (mutation) => {
  const tried = results.filter((result) => result.mutation === mutation);
  const faults = tried.flatMap(({ sample, expected, mutated, outcome, original }) =>
    faultsOf(sample, expected, mutated, outcome, original).map(
      (fault) => `${sample.from}, ${sample.kindName}: ${fault}`,
    ),
  );
  expect([tried.length > 0, faults]).toEqual([true, []]);
});

it('each mutation changes an outcome, except those that must not be rejected', () => {
  const hasEffect = (mutation: string) =>
    results.some((result) => result.mutation === mutation && !isSame(result.outcome, result.original));
  expect(Object.keys(MUTATIONS).filter((mutation) => !hasEffect(mutation))).toEqual([
    'headers of a retry',
    'headers of a proxy',
    'at the end of its validity',
    'just not too early',
  ]);
});

it('over two thousand callbacks are tried, hundreds of every platform', () => {
  const counts = countsOf(results);
  for (const from of new Set(TRIALS.map(({ sample }) => sample.from)))
    for (const kind of ['rejected', 'ignored', 'accepted'])
      expect([from, kind, (counts[`${from}: ${kind}`] ?? 0) > 40]).toEqual([from, kind, true]);
  expect(results.length).toBeGreaterThan(2_000);
});
