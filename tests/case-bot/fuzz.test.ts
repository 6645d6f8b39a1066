import { faultsOf, isSame } from './judge.fixture';
import { knock, type Outcome } from './knock.fixture';
import { samplesOf } from './sample.fixture';
import { countsOf, MUTATIONS, soundly, type Trial, trialsAt } from './trial.fixture';

const NOW = Date.UTC(2026, 10, 26, 4);

interface Result extends Trial {
  outcome: Outcome;
  /** Of the same callback, before it was spoilt. */
  sound: Outcome;
}

const TRIALS = trialsAt(NOW, 4);
const results: Result[] = [];

beforeAll(async () => {
  for (const trial of TRIALS) {
    const [outcome, sound] = [
      await knock(trial.sample, trial.attempt),
      await knock(trial.sample, soundly(trial.sample)),
    ];
    results.push({ ...trial, outcome, sound });
  }
});

it.each(samplesOf(NOW).map((sample) => [sample.from, sample.kindName, sample] as const))(
  'lets in from %s: a %s that nobody has spoilt, twice as one',
  async (_from, kindName, sample) => {
    const [first, second] = [await knock(sample, soundly(sample)), await knock(sample, soundly(sample))];
    expect(first.kind).toBe(kindName === 'handshake' ? 'answered' : 'heard');
    expect(isSame(first, second)).toBe(true);
  },
);

/** With how often it is tried on whose callbacks. */
const titled = Object.keys(MUTATIONS).map((mutation) => {
  const tried = TRIALS.filter((trial) => trial.mutation === mutation).map(({ sample }) => sample.from);
  const counts = [...new Set(tried)].map((from) => `${from} ${tried.filter((each) => each === from).length}`);
  return [`${mutation} (${counts.join(', ')})`, mutation] as const;
});

it.each(titled)('never takes for good what is not: %s', (_title, mutation) => {
  const tried = results.filter((result) => result.mutation === mutation);
  const faults = tried.flatMap(({ sample, fate, spoilt, outcome, sound }) =>
    faultsOf(sample, fate, spoilt, outcome, sound).map((fault) => `${sample.from}, ${sample.kindName}: ${fault}`),
  );
  expect(faults).toEqual([]);
});

it('bites with every mutation, unless it only shows that nothing more is refused than must be', () => {
  const bites = (mutation: string) =>
    results.some((result) => result.mutation === mutation && !isSame(result.outcome, result.sound));
  const toothless = Object.keys(MUTATIONS).filter((mutation) => !bites(mutation));
  expect(toothless).toEqual([
    'headers that say it comes again',
    'headers of a proxy',
    'at the end of its time',
    'just not too early',
  ]);
});

it('has tried over a thousand, on every platform', () => {
  expect(countsOf(results)).toEqual({
    ...{ 'dingtalk: refused': 321, 'dingtalk: too large': 5, 'dingtalk: ignored': 44, 'dingtalk: heard': 190 },
    ...{ 'feishu: refused': 434, 'feishu: too large': 6, 'feishu: ignored': 65, 'feishu: heard': 116 },
    ...{ 'plain feishu: refused': 315, 'plain feishu: too large': 6, 'plain feishu: ignored': 87 },
    ...{ 'plain feishu: heard': 121, 'slack: refused': 405, 'slack: too large': 9, 'slack: ignored': 48 },
    ...{ 'slack: heard': 157, 'feishu: answered': 13, 'plain feishu: answered': 13, 'slack: answered': 25 },
  });
});
