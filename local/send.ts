import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { giveUp, readPort } from './command-line';

/** Sends files into the application that `npm start` runs. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { port: { type: 'string' } }, allowPositionals: true });
  if (positionals.length === 0)
    throw new Error('npm run send -- FILE... [--port PORT]: name at least one file with an event or a text.');
  const port = readPort(values.port);
  for (const file of positionals) process.stdout.write(`${file}: ${await send(readFileSync(file, 'utf8'), port)}\n`);
}

async function send(body: string, port: number): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${port}/events`, { method: 'POST', body }).catch(() => {
    throw new Error(`Nothing answers on port ${port}: run npm start first, or name its port with --port.`);
  });
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}

main().catch(giveUp);
