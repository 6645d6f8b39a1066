import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findViolation, type OutputLanguage, type Source } from '@casebell/ai';
import { type Application, startApplication } from '../application';
import { type Figure, median, round } from './figure';

/** An answer of a model, and whether it may be shown. */
interface Sample {
  /** A name in `sources.json`. */
  source: string;
  language: OutputLanguage;
  verdict: 'good' | 'bad';
  /** What is wrong with it, or how it was collected. */
  about: string;
  text: string;
}
type Sources = Readonly<Record<string, Omit<Source, 'language'>>>;

/**
 * `recorded`: the checks were made for these answers. `held-out`: their author had not run the checks on them. `hostile`: written to get
 * past the checks.
 */
const COLLECTIONS = ['recorded', 'held-out', 'hostile'] as const;

const readData = <T>(name: string): T => JSON.parse(readFileSync(`local/bench/summary/${name}.json`, 'utf8'));

/** How many good answers the checks keep, how many bad ones they drop, and what a slow or failing model adds to the time of an alert. */
export async function summary(): Promise<Figure[]> {
  const sources = readData<Sources>('sources');
  const checked = COLLECTIONS.flatMap((name) => figuresOf(name, readData<Sample[]>(name), sources));
  return [...checked, ...(await addedSeconds())];
}

/** Prints the answers that the checks take for the other kind. */
function figuresOf(name: string, samples: readonly Sample[], sources: Sources): Figure[] {
  return (['good', 'bad'] as const).flatMap((verdict) => {
    const judged = samples
      .filter((sample) => sample.verdict === verdict)
      .map((sample) => ({ ...sample, violation: violationOf(sample, sources) }));
    const wrong = judged.filter(({ violation }) => (verdict === 'good') === (violation !== undefined));
    for (const { about, text, violation = about } of wrong)
      process.stderr.write(
        `${name}, ${verdict} but ${verdict === 'good' ? 'dropped' : 'kept'} (${violation}): ${text}\n`,
      );
    const figure = `${name}: ${verdict} answers ${verdict === 'good' ? 'kept' : 'dropped'} of ${judged.length}`;
    const value = judged.length - wrong.length;
    return judged.length ? [{ bench: 'summary', figure, value, unit: 'answers' }] : [];
  });
}

function violationOf({ source, language, text }: Sample, sources: Sources) {
  const found = sources[source];
  if (!found) throw new Error(`sources.json has no ${source}.`);
  return findViolation(text, { ...found, language });
}

/** What a model may add to an alert (README, "A model"), and how much two runs on one machine differ. */
const GOAL = { atMost: 8 + 0.5 };
const MODELS = [
  ['answers at once', 'extractive', 0],
  ['answers in 3 s', 'extractive', 3_000],
  ['answers in 30 s', 'extractive', 30_000],
  ['hangs', 'hang', 0],
  ['is throttled', 'throttle', 0],
  ['invents an id', 'hallucinated-id', 0],
] as const;

/** Seconds from an event to the last chat, in addition to those without a model. Each in its own application, because chats limit their rate. */
async function addedSeconds(): Promise<Figure[]> {
  const without = [await secondsWith({}), await secondsWith({}), await secondsWith({})];
  const figures: Figure[] = [];
  for (const [name, behavior, ms] of MODELS) {
    const seconds = await secondsWith({ EnableLLM: 'true' }, ({ aws }) => aws.bedrock.behave(behavior, ms));
    const value = round(seconds - median(without));
    figures.push({ bench: 'summary', figure: `time added to an alert, model ${name}`, value, unit: 's', goal: GOAL });
  }
  return figures;
}

async function secondsWith(
  parameters: Record<string, string>,
  prepare: (application: Application) => void = () => undefined,
): Promise<number> {
  const application = await startApplication({ port: 0, parameters, log: () => undefined });
  try {
    // The first event of a process pays for its cold start.
    await secondsToDeliver(application, 1);
    await sleep(1_000);
    prepare(application);
    return await secondsToDeliver(application, 2);
  } finally {
    await application.close();
  }
}

/** More than a model gets, less than a lost event takes. */
const GIVE_UP_MS = 40_000;

async function secondsToDeliver({ chats, send }: Application, number: number): Promise<number> {
  const event = readFileSync('events/health-issue-open.json', 'utf8');
  const counts = chats.rooms.map(({ messages }) => messages.length);
  const isMissing = () => chats.rooms.some(({ messages }, index) => messages.length === counts[index]);
  const startedAt = performance.now();
  await send(event.replaceAll('5b89633eb193', `5b89633e${1000 + number}`));
  while (isMissing() && performance.now() - startedAt < GIVE_UP_MS) await sleep(5);
  if (isMissing()) throw new Error('The event did not reach all chats.');
  return (performance.now() - startedAt) / 1000;
}
