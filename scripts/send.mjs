#!/usr/bin/env node
// Sends files to the application that `npm start` runs. It builds nothing, so it never disturbs the running application.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

const USAGE = `npm run send -- FILE... [--port PORT]

Sends an event, a card or any text into the application that npm start runs (port 4600 unless it was given another).`;

async function send(file, port) {
  const body = readFileSync(resolve(process.env.INIT_CWD ?? '.', file), 'utf8');
  if (!body.trim()) throw new Error('it is empty');
  const options = { method: 'POST', body, signal: AbortSignal.timeout(10_000) };
  const response = await fetch(`http://127.0.0.1:${port}/events`, options).catch(() => undefined);
  if (!response) throw new Error(`nothing answers on port ${port}: run npm start first, or name its port with --port`);
  const answer = await response.text();
  if (!response.ok || !answer.startsWith('sent '))
    throw new Error(`what answers on port ${port} did not take it: ${answer.slice(0, 200)}`);
  return answer;
}

const options = { port: { type: 'string', default: '4600' }, help: { type: 'boolean', default: false } };
const { values, positionals } = parseArgs({ options, allowPositionals: true });
if (values.help || positionals.length === 0) console.log(USAGE);
for (const file of values.help ? [] : positionals) {
  try {
    console.log(`${file}: ${await send(file, values.port)}`);
  } catch (error) {
    console.error(`${file}: ${error.message}`);
    process.exitCode = 1;
  }
}
