import { setTimeout as sleep } from 'node:timers/promises';
import type { Application } from '../application';
import type { Workspace } from '../chat/workspace';
import { faultsAfter, returnOf } from './act-three';
import { MANNERS, type Manner } from './manners';
import { printSaid } from './print';
import { type Step, scriptOf } from './script';
import { casesOf, hear, type Stage, wordsOf } from './stage';
import { faultsOf, repliesTo } from './verdict';

/** In real milliseconds: who has not been answered by then will not be, nor does what follows deserve as much. */
const PATIENCE = 15_000;
const LITTLE_PATIENCE = 1_000;
/** People take their time: fast enough for Slack's message a second, slow enough that the door's ten seconds are two on a busy machine. */
const PACE = 5;

/** What became of the cases. */
export interface Cases {
  opened: number;
  replies: number;
  resolved: number;
  failures: string[];
  seconds: number;
  /** In real milliseconds. */
  slowest: { ms: number; what: string };
}

interface Telling {
  print(text: string): void;
  /** One line a step. */
  brief?: boolean;
  /** In real milliseconds, instead of the usual. */
  patience?: number;
}

/** On each platform somebody leads a case from the first question to its end; undefined for a stack without a bot. */
export async function performCases(
  { stack, chats, aws, clock }: Application,
  telling: Telling,
): Promise<Cases | undefined> {
  if (!stack.outputs.CaseCallbackUrl) return undefined;
  const cases: Cases = { opened: 0, replies: 0, resolved: 0, failures: [], seconds: 0, slowest: { ms: 0, what: '' } };
  const began = performance.now();
  const { rate } = clock;
  clock.rate = Math.min(rate, PACE);
  for (const workplace of chats.workspaces) await performOn(stageOf(workplace, aws.support), cases, telling);
  clock.rate = rate;
  cases.seconds = (performance.now() - began) / 1000;
  return cases;
}

/** The second of the people: the first is the administrator. */
function stageOf(workplace: Workspace, { engineer, engineerUrl }: Application['aws']['support']): Stage {
  const [room] = workplace.conversations;
  const person = workplace.users[1];
  if (!room || !person) throw new Error(`There is nobody to talk on ${workplace.platform}.`);
  return { workplace, person, room, subject: MANNERS[workplace.platform].subject, engineer, deskUrl: engineerUrl };
}

async function performOn(stage: Stage, cases: Cases, telling: Telling): Promise<void> {
  const manner = MANNERS[stage.workplace.platform];
  const failures = await playAll(scriptOf(manner), stage, cases, telling);
  count(stage, manner, failures, cases);
  const later = await playAll(returnOf(manner), stage, cases, telling);
  const faults = [...later, ...(failures.length ? [] : await settled(() => faultsAfter(stage, manner)))];
  cases.failures.push(...faults.map((failure) => `${stage.workplace.platform}: ${failure}`));
}

/** The card is shown anew after the last word has been said: what is not right yet may be in a moment. */
async function settled(faults: () => string[]): Promise<string[]> {
  for (let waits = 0; waits < 100 && faults().length > 0; waits += 1) await sleep(50);
  return faults();
}

/** Gives what was wrong with each step. */
async function playAll(script: readonly Step[], stage: Stage, cases: Cases, telling: Telling): Promise<string[]> {
  const { patience = PATIENCE } = telling;
  const failures: string[] = [];
  for (const step of script) {
    const left = failures.length === 0 ? patience : Math.min(patience, LITTLE_PATIENCE);
    const failure = await performStep(step, stage, left, cases, telling);
    if (failure) failures.push(`${step.what}: ${failure}`);
  }
  return failures;
}

/** Gives what was wrong with it. */
async function performStep(
  step: Step,
  stage: Stage,
  patience: number,
  cases: Cases,
  { print, brief }: Telling,
): Promise<string | undefined> {
  const { workplace, person } = stage;
  const what = `${workplace.platform}: ${step.byAws ? 'AWS' : person.name} ${step.what}`;
  try {
    const { posts, ms } = await hear(
      workplace,
      () => step.act(stage),
      () => step.answer(stage),
      patience,
    );
    print(`▶ ${what}${ms === undefined ? '' : ` (answered after ${Math.round(ms)} ms)`}`);
    if (!brief) print(printSaid(workplace, posts));
    if (ms === undefined) return `the bot said ${JSON.stringify(posts.filter(({ by }) => by === 'bot').map(wordsOf))}`;
    if (ms > cases.slowest.ms) cases.slowest = { ms, what };
    return undefined;
  } catch (error) {
    return `it could not be done: ${error}`;
  }
}

function count(stage: Stage, manner: Manner, failures: readonly string[], cases: Cases): void {
  const found = casesOf(stage);
  cases.opened += found.length;
  cases.replies += found.reduce((sum, one) => sum + repliesTo(one), 0);
  cases.resolved += found.filter(({ status }) => status === 'resolved').length;
  const all = [...failures, ...faultsOf(stage, manner)];
  cases.failures.push(...all.map((failure) => `${stage.workplace.platform}: ${failure}`));
}
