import { setTimeout as sleep } from 'node:timers/promises';
import type { Application } from '../application';
import { isBotPlatform } from '../chat/platform';
import { platformNamed } from '../chat/platforms';
import type { Workspace } from '../chat/workspace';
import { caseFailures, repliesTo } from './assertions';
import { type Context, casesOf, drawPosts, type Output, type Traits, textOf, waitForReply } from './context';
import { caseSteps, type Step } from './steps';
import { syncFailures, syncSteps } from './sync-scenario';

/** Real time. */
const TIMEOUT_MS = 15_000;
/** After the first failure. */
const SHORT_TIMEOUT_MS = 1_000;
/** Fast enough for Slack's message a second, slow enough that the callback's ten seconds are two on a busy machine. */
const CLOCK_RATE = 5;

/** One case on each platform. */
const SUBJECTS = [
  { subject: '函数超时增多', query: '函数', serviceCode: 'aws-lambda' },
  { subject: 'EC2 实例连不上', query: 'EC2', serviceCode: 'amazon-elastic-compute-cloud-linux' },
  { subject: 'S3 上传变慢', query: 's3', serviceCode: 'amazon-simple-storage-service' },
];

export interface CaseResults {
  opened: number;
  replies: number;
  resolved: number;
  failures: string[];
  seconds: number;
  /** Real time. */
  slowest: { ms: number; what: string };
}

/** A user on each platform handles a case from the first question to its end; undefined for a stack without a bot. */
export async function runCaseScenarios(
  { stack, chats, aws, clock }: Application,
  output: Output,
): Promise<CaseResults | undefined> {
  if (!stack.outputs.CaseCallbackUrl) return undefined;
  const results: CaseResults = {
    ...{ opened: 0, replies: 0, resolved: 0, failures: [], seconds: 0 },
    slowest: { ms: 0, what: '' },
  };
  const began = performance.now();
  const { rate } = clock;
  clock.rate = Math.min(rate, CLOCK_RATE);
  for (const [index, workspace] of chats.workspaces.entries()) {
    await runOn(contextOf(workspace, traitsOf(workspace, index), aws.support), results, output);
  }
  clock.rate = rate;
  results.seconds = (performance.now() - began) / 1000;
  return results;
}

function traitsOf({ platform }: Workspace, index: number): Traits {
  const chat = platformNamed(platform);
  const [fallback] = SUBJECTS;
  const subject = SUBJECTS[index] ?? fallback;
  if (!subject || !isBotPlatform(chat)) throw new Error(`There is no bot on ${platform}.`);
  return { ...subject, hasForms: chat.hasForms === true, caseConversation: chat.caseConversation };
}

/** The second user: the first one is the administrator. */
function contextOf(workspace: Workspace, traits: Traits, support: Application['aws']['support']): Context {
  const [room] = workspace.conversations;
  const user = workspace.users[1];
  if (!room || !user) throw new Error(`There is no user on ${workspace.platform}.`);
  return { workspace, user, room, traits, engineer: support.engineer, engineerUrl: support.engineerUrl };
}

async function runOn(context: Context, results: CaseResults, output: Output): Promise<void> {
  const { traits, workspace } = context;
  const failures = await runSteps(caseSteps(traits), context, results, output);
  const cases = casesOf(context);
  results.opened += cases.length;
  results.replies += cases.reduce((sum, one) => sum + repliesTo(one), 0);
  results.resolved += cases.filter(({ status }) => status === 'resolved').length;
  const all = [...failures, ...caseFailures(context)];
  all.push(...(await runSteps(syncSteps(traits), context, results, output)));
  if (failures.length === 0) all.push(...(await eventually(() => syncFailures(context))));
  results.failures.push(...all.map((failure) => `${workspace.platform}: ${failure}`));
}

/** The card is updated after the last reply, so failures may disappear. */
async function eventually(failures: () => string[]): Promise<string[]> {
  for (let waits = 0; waits < 100 && failures().length > 0; waits += 1) await sleep(50);
  return failures();
}

async function runSteps(
  steps: readonly Step[],
  context: Context,
  results: CaseResults,
  output: Output,
): Promise<string[]> {
  const failures: string[] = [];
  for (const step of steps) {
    const usualMs = failures.length === 0 ? TIMEOUT_MS : SHORT_TIMEOUT_MS;
    const timeoutMs = Math.min(usualMs, output.timeoutMs ?? usualMs);
    const run = runStep({ ...step, timeoutMs }, context, results, output);
    const failure = await run.catch((error) => `the step failed: ${error}`);
    if (failure) failures.push(`${step.what}: ${failure}`);
  }
  return failures;
}

/** @returns the failure. */
async function runStep(
  step: Step & { timeoutMs: number },
  context: Context,
  results: CaseResults,
  { print, isBrief }: Output,
): Promise<string | undefined> {
  const { workspace, user } = context;
  const what = `${workspace.platform}: ${step.isByAws ? 'AWS' : user.name} ${step.what}`;
  const expected = () => step.expected(context);
  const { posts, ms } = await waitForReply(workspace, () => step.act(context), expected, step.timeoutMs);
  print(`▶ ${what}${ms === undefined ? '' : ` (reply after ${Math.round(ms)} ms)`}`);
  if (!isBrief) print(drawPosts(workspace, posts));
  if (ms === undefined) {
    return `the bot wrote ${JSON.stringify(posts.filter(({ by }) => by === 'bot').map(textOf))}`;
  }
  if (ms > results.slowest.ms) results.slowest = { ms, what };
  return undefined;
}
