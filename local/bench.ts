import { parseArgs } from 'node:util';
import { callback } from './bench/callback';
import { cold } from './bench/cold';
import { cost } from './bench/cost';
import { type Figure, isMet, lineOf, tableOf } from './bench/figure';
import { file } from './bench/file';
import { format } from './bench/format';
import { load } from './bench/load';
import { memory } from './bench/memory';
import { summary } from './bench/summary';
import { sync } from './bench/sync';
import { exitWithError, printHelpIfRequested } from './command-line';

type Bench = (options: { events: number }) => Promise<Figure[]>;

const QUICK: Readonly<Record<string, Bench>> = { callback, cold, file, format, memory };
/** Those that take minutes run only when they are named. */
const BENCHES: Readonly<Record<string, Bench>> = { ...QUICK, cost, load, summary, sync };

const OPTIONS = {
  json: { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
  events: { type: 'string', default: '10000' },
} as const;

const USAGE = `npm run bench -- [${Object.keys(BENCHES).join('] [')}] [--json] [--strict]
npm run bench -- load [--events N]

Without a name all but cost, load, summary and sync, which take minutes.`;

/** Prints figures with their goals: as a table, or with `--json` one line each; with `--strict` a missed goal fails. */
async function main(): Promise<void> {
  printHelpIfRequested(USAGE);
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const options = { events: readCount(values.events) };
  const names = positionals.length ? positionals : Object.keys(QUICK);
  const unknown = names.find((name) => !BENCHES[name]);
  if (unknown) throw new Error(`There is no bench ${unknown}: there are ${Object.keys(BENCHES).join(', ')}.`);
  const figures: Figure[] = [];
  for (const name of names) {
    if (!values.json) process.stderr.write(`measuring ${name} ...\n`);
    figures.push(...((await BENCHES[name]?.(options)) ?? []));
  }
  process.stdout.write(`${values.json ? figures.map(lineOf).join('\n') : tableOf(figures)}\n`);
  if (values.strict && !figures.every(isMet)) process.exitCode = 1;
}

function readCount(given: string): number {
  const count = Number(given);
  if (Number.isInteger(count) && count > 0 && count < 1_000_000) return count;
  throw new Error(`--events ${given} is no count: give a number from 1 to 999999.`);
}

main().catch(exitWithError);
