import { parseArgs } from 'node:util';
import { cold } from './bench/cold';
import { type Figure, isMet, lineOf, tableOf } from './bench/figure';
import { format } from './bench/format';
import { memory } from './bench/memory';
import { giveUp, helpIfAsked } from './command-line';

const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = { cold, format, memory };

/** Prints figures with their goals: as a table, or with `--json` one line each; with `--strict` a missed goal fails. */
async function main(): Promise<void> {
  helpIfAsked(`npm run bench -- [${Object.keys(BENCHES).join('] [')}] [--json] [--strict]`);
  const options = { json: { type: 'boolean', default: false }, strict: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const names = positionals.length ? positionals : Object.keys(BENCHES);
  const unknown = names.find((name) => !BENCHES[name]);
  if (unknown) throw new Error(`There is no bench ${unknown}: there are ${Object.keys(BENCHES).join(', ')}.`);
  const figures: Figure[] = [];
  for (const name of names) {
    if (!values.json) process.stderr.write(`measuring ${name} ...\n`);
    figures.push(...((await BENCHES[name]?.()) ?? []));
  }
  process.stdout.write(`${values.json ? figures.map(lineOf).join('\n') : tableOf(figures)}\n`);
  if (values.strict && !figures.every(isMet)) process.exitCode = 1;
}

main().catch(giveUp);
