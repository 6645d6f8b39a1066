import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Application, startApplication } from '../application';
import { createErrorLog } from '../error-log';
import { type Figure, round } from './figure';
import { openSlackCase } from './file/slack-case';

const MB = 2 ** 20;
const SIZES = [1, 120];

/** What a file costs that is shared in a case's thread on Slack: seconds until AWS has it, and the worker's memory at its most. */
export async function file(): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const size of SIZES) figures.push(...(await share(size)));
  return figures;
}

async function share(megabytes: number): Promise<Figure[]> {
  const log = createErrorLog((line) => process.stderr.write(`${line}\n`));
  const application = await startApplication({ port: 0, parameters: {}, log });
  const { workplace, person, thread } = await openSlackCase(application);
  const began = performance.now();
  const bytes = new Uint8Array(megabytes * MB).fill(0x61);
  await workplace.share(person.id, thread, { name: 'dump.pdf', kind: 'file', bytes });
  const seconds = await arrival(application, began);
  const peak = peakOf('CaseWorker');
  await application.close();
  const figure = (name: string, value: number, unit: string, goal?: Figure['goal']): Figure => ({
    bench: 'file',
    figure: `${megabytes} MB from Slack to AWS: ${name}`,
    value,
    unit,
    ...(goal && { goal }),
  });
  const known = peak === undefined ? [] : [figure("the worker's peak memory", peak, 'MB', { atMost: 256 })];
  return [figure('time', round(seconds), 's'), ...known];
}

/** In seconds; throws when it takes as long as the worker may run. */
async function arrival({ aws }: Application, began: number): Promise<number> {
  for (;;) {
    const seconds = (performance.now() - began) / 1000;
    const names = aws.support.engineer
      .cases()
      .flatMap(({ communications }) => communications.flatMap((one) => one.fileNames));
    if (names.includes('dump.pdf')) return seconds;
    if (seconds > 60) throw new Error('The file has not arrived.');
    await sleep(20);
  }
}

/** proc(5), /proc/PID/status: VmHWM, the most that was resident, in kB. Elsewhere than on Linux it is not known. */
function peakOf(name: string): number | undefined {
  if (!existsSync('/proc/self/status')) return undefined;
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  const ours = pids.filter((pid) => read(`/proc/${pid}/status`).includes(`PPid:\t${process.pid}\n`));
  const workers = ours.filter((pid) =>
    new RegExp(`AWS_LAMBDA_FUNCTION_NAME=[^\\0]*${name}`).test(read(`/proc/${pid}/environ`)),
  );
  return Math.round(
    Math.max(...workers.map((pid) => Number(/VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`))?.[1]) / 1024)),
  );
}

const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '');
