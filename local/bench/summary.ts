import { readFileSync } from 'node:fs';
import { findViolation, type OutputLanguage, type Source } from '@casebell/ai';
import type { Figure } from './figure';
import { added } from './summary/added';

/** An answer of a model, and whether it may be shown. */
interface Sample {
  /** A name in `sources.json`. */
  source: string;
  language: OutputLanguage;
  verdict: 'good' | 'bad';
  /** What is wrong with it, or in which round it was collected. */
  about: string;
  text: string;
}

/**
 * Answers that are known to be good or bad. `recorded`: the checks were made for them. `held-out`: their author had not run the checks on
 * them. `hostile`: written to get past the checks.
 */
const COLLECTIONS = ['recorded', 'held-out', 'hostile'] as const;

const read = <T>(name: string): T => JSON.parse(readFileSync(`local/bench/summary/${name}.json`, 'utf8'));

/** How many good answers the checks keep, and how many bad ones they drop; then what a slow or failing model adds to the time of an alert. */
export async function summary(): Promise<Figure[]> {
  const sources = read<Record<string, Omit<Source, 'language'>>>('sources');
  const checked = COLLECTIONS.flatMap((name) => figuresOf(name, read<Sample[]>(name), sources));
  return [...checked, ...(await added())];
}

function figuresOf(
  name: string,
  samples: readonly Sample[],
  sources: Record<string, Omit<Source, 'language'>>,
): Figure[] {
  const judged = samples.map((sample) => ({ ...sample, violation: violationOf(sample, sources) }));
  const good = judged.filter(({ verdict }) => verdict === 'good');
  const bad = judged.filter(({ verdict }) => verdict === 'bad');
  const kept = good.filter(({ violation }) => !violation);
  const dropped = bad.filter(({ violation }) => violation);
  for (const { about, text, violation } of [...good, ...bad].filter(
    (one) => (one.verdict === 'good') === !!one.violation,
  ))
    process.stderr.write(`${name}, ${violation ? `good, dropped (${violation})` : `bad, kept (${about})`}: ${text}\n`);
  const figure = (what: string, value: number): Figure => ({ bench: 'summary', figure: what, value, unit: 'answers' });
  return [
    ...(good.length ? [figure(`${name}: good ones kept, of ${good.length}`, kept.length)] : []),
    figure(`${name}: bad ones dropped, of ${bad.length}`, dropped.length),
  ];
}

function violationOf({ source, language, text }: Sample, sources: Record<string, Omit<Source, 'language'>>) {
  const found = sources[source];
  if (!found) throw new Error(`sources.json has no ${source}.`);
  return findViolation(text, { ...found, language });
}
