import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { QUIET_SDK } from '../command-line';
import { median, round } from './figure';

const run = promisify(execFile);
const ROUNDS = 15;

/** What each fresh process does. */
export interface ColdStartOptions {
  /** The function's built entry point. */
  handler: string;
  environment: NodeJS.ProcessEnv;
  /** A JavaScript expression: the event of the first invocation. */
  event: string;
  /** Between two rounds. */
  intervalMs: number;
}

/** Median CPU in ms. */
export interface ColdCost {
  bare: number;
  /** Load and init, over bare Node. */
  init: number;
  /** The same with the first event. */
  first: number;
  rounds: number;
}

type Step = 'bare' | 'init' | 'first';

/** Measures cold starts in fresh processes. */
export async function measureColdStarts(options: ColdStartOptions): Promise<ColdCost> {
  const { handler, environment, event, intervalMs } = options;
  const load = `require(${JSON.stringify(handler)})`;
  const steps: Record<Step, string> = {
    bare: '',
    init: `${load}; await new Promise(setImmediate);`,
    first: `await ${load}.handler(${event});`,
  };
  // Lambda's Node is newer than the version that the SDK warns about.
  const env = { ...environment, ...QUIET_SDK, PATH: process.env.PATH };
  const used: Record<Step, number[]> = { bare: [], init: [], first: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const step of ['bare', 'init', 'first'] as const) used[step].push(await cpuMsOf(steps[step], env));
    await sleep(intervalMs);
  }
  const over = (step: Step) => round(median(used[step].map((cpu, index) => cpu - (used.bare[index] ?? 0))));
  return { bare: round(median(used.bare)), init: over('init'), first: over('first'), rounds: ROUNDS };
}

/** As on Lambda, NODE_PATH finds the layers. */
async function cpuMsOf(step: string, env: NodeJS.ProcessEnv): Promise<number> {
  const program = `(async () => { ${step} const { user, system } = process.cpuUsage(); process.stdout.write('cpu ' + (user + system)); process.exit(0); })()`;
  const { stdout } = await run(process.execPath, ['-e', program], { env });
  return Number(/cpu (\d+)/.exec(stdout)?.[1]) / 1000;
}
