import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Application, startApplication } from '../application';
import { botPlatformWith } from '../chat/platforms';
import type { User, Workspace } from '../chat/workspace';
import { textOf, waitForReply } from '../demo/context';
import { createErrorLog } from '../error-log';
import { type Figure, round } from './figure';

const MB = 2 ** 20;
const SIZES_MB = [1, 120];
const FILE_NAME = 'dump.pdf';
/** Long enough for a worker that starts cold on a busy machine. */
const REPLY_TIMEOUT_MS = 30_000;
/** As long as the worker may run. */
const TRANSFER_TIMEOUT_S = 60;

const FORM = `提工单
subject:transfer
body:of a file
serviceCode:aws-lambda
categoryCode:other
severityCode:low`;
const CASE_CARD = /^工单 \d+ · transfer/;

/** A file that a user shares in the thread of a case: seconds until AWS has it, and the peak memory of the worker. */
export async function file(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of SIZES_MB) figures.push(...(await measure(size)));
  return figures;
}

async function measure(megabytes: number): Promise<Figure[]> {
  const log = createErrorLog((line) => process.stderr.write(`${line}\n`));
  const application = await startApplication({ port: 0, parameters: {}, log });
  const platform = botPlatformWith('thread');
  const { workspace, user, thread } = await openCase(application, platform);
  const began = performance.now();
  const bytes = new Uint8Array(megabytes * MB).fill(0x61);
  await workspace.share(user.id, thread, { name: FILE_NAME, kind: 'file', bytes });
  const seconds = await secondsUntilReceived(application, began);
  const peak = peakMemoryOf('CaseWorker');
  await application.close();
  const figure = `${megabytes} MB from ${platform} to AWS`;
  const time: Figure = { bench: 'file', figure: `${figure}: time`, value: round(seconds), unit: 's' };
  if (peak === undefined) return [time];
  return [
    time,
    { bench: 'file', figure: `${figure}: the worker's peak memory`, value: peak, unit: 'MB', goal: { atMost: 256 } },
  ];
}

interface OpenCase {
  readonly workspace: Workspace;
  readonly user: User;
  /** The id of the case's thread. */
  readonly thread: string;
}

async function openCase({ chats, stack }: Application, platform: string): Promise<OpenCase> {
  const workspace = chats.workspaces.find((each) => each.platform === platform);
  const [room] = workspace?.conversations ?? [];
  const [user] = workspace?.users ?? [];
  if (!workspace || !room || !user) throw new Error(`${platform} has no group or no user.`);
  const wait = (act: () => Promise<unknown>, expected: RegExp) =>
    waitForReply(workspace, act, () => expected, REPLY_TIMEOUT_MS);
  await wait(() => workspace.say(user.id, room.id, FORM, { mention: true }), /提交/);
  const { posts } = await wait(() => workspace.press(user.id, room.id, '提交'), CASE_CARD);
  await stack.idle(20_000);
  const thread = posts.find((post) => post.by === 'bot' && CASE_CARD.test(textOf(post)))?.id;
  if (!thread) throw new Error('The bot did not open the case.');
  return { workspace, user, thread };
}

/** @throws if AWS does not have the file in time. */
async function secondsUntilReceived({ aws }: Application, began: number): Promise<number> {
  for (;;) {
    const seconds = (performance.now() - began) / 1000;
    const communications = aws.support.engineer.cases().flatMap((supportCase) => supportCase.communications);
    if (communications.some(({ fileNames }) => fileNames.includes(FILE_NAME))) return seconds;
    if (seconds > TRANSFER_TIMEOUT_S) throw new Error('AWS did not receive the file.');
    await sleep(20);
  }
}

/** In MB; VmHWM of proc(5) is the peak resident memory in kB. Undefined on other systems than Linux. */
function peakMemoryOf(functionName: string): number | undefined {
  if (!existsSync('/proc/self/status')) return undefined;
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  const children = pids.filter((pid) => read(`/proc/${pid}/status`).includes(`PPid:\t${process.pid}\n`));
  const variable = new RegExp(`AWS_LAMBDA_FUNCTION_NAME=[^\\0]*${functionName}`);
  const workers = children.filter((pid) => variable.test(read(`/proc/${pid}/environ`)));
  const peaks = workers.map((pid) => Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1]) / 1024);
  return Math.round(Math.max(...peaks));
}

const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
