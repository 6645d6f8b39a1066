import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { QUIET_SDK } from '../command-line';
import { median, round } from './figure';

const run = promisify(execFile);
const ROUNDS = 15;

/** What a fresh process does with a function before it says how much CPU it has used. */
export interface ColdStarts {
  /** The function's built entry point. */
  handler: string;
  environment: NodeJS.ProcessEnv;
  /** A JavaScript expression: the event that a first invocation is about, a new one each time. */
  event: string;
  /** Between two rounds, in ms. */
  pace: number;
}

/** CPU in ms, in the median. */
export interface ColdCost {
  bare: number;
  /** Load and init, over bare Node. */
  init: number;
  /** The same, and the first event. */
  first: number;
  /** First events that were worked off. */
  rounds: number;
}

type Step = 'bare' | 'init' | 'first';

/** What a cold start costs in fresh processes, taken in turn. */
export async function costOf({ handler, environment, event, pace }: ColdStarts): Promise<ColdCost> {
  const load = `require(${JSON.stringify(handler)})`;
  const steps: Record<Step, string> = {
    bare: '',
    init: `${load}; await new Promise(setImmediate);`,
    first: `await ${load}.handler(${event});`,
  };
  // Lambda's Node is newer than the one that the SDK warns of.
  const env = { ...environment, ...QUIET_SDK, PATH: process.env.PATH };
  const used: Record<Step, number[]> = { bare: [], init: [], first: [] };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const step of ['bare', 'init', 'first'] as const) used[step].push(await cpuOf(steps[step], env));
    await sleep(pace);
  }
  const over = (step: Step) => round(median(used[step].map((cpu, index) => cpu - (used.bare[index] ?? 0))));
  return { bare: round(median(used.bare)), init: over('init'), first: over('first'), rounds: ROUNDS };
}

/** As on Lambda, the layers are found by NODE_PATH, and `console` is not Node's own. */
async function cpuOf(step: string, env: NodeJS.ProcessEnv): Promise<number> {
  const program = `(async () => { ${step} const { user, system } = process.cpuUsage(); process.stdout.write('cpu ' + (user + system)); process.exit(0); })()`;
  const { stdout } = await run(process.execPath, ['-e', program], { env });
  return Number(/cpu (\d+)/.exec(stdout)?.[1]) / 1000;
}
