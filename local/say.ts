import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { exitWithError, parsePort, printHelpIfRequested, resolveTypedPath } from './command-line';
import { createClient } from './say/client';
import { runAction, type UserAction } from './say/run-action';

const USAGE = `npm run say -- [--platform NAME] [--by NAME] [--talk NAME] [--thread] [--port PORT] WHAT

Acts in a chat of the application that npm start runs, and prints the bot's replies. WHAT is one of
  "帮助"  "help"                a message; in a group it mentions the bot, unless --no-mention
  --press LABEL                 press the latest button with this label
  --submit NAME=VALUE ...       submit the latest form; other fields keep their values
  --share FILE                  share a file or a picture

Without --talk: in the conversation with the latest message. With --thread: in the thread of the bot's last message there.`;

const OPTIONS = {
  platform: { type: 'string' },
  by: { type: 'string' },
  talk: { type: 'string' },
  thread: { type: 'boolean', default: false },
  port: { type: 'string' },
  press: { type: 'string' },
  submit: { type: 'string', multiple: true },
  share: { type: 'string' },
  'no-mention': { type: 'boolean', default: false },
} as const;

const WIDTH = 78;
/** AWS Support needs some seconds to create a case. */
const TIMEOUTS = { firstMs: 15_000, nextMs: 3_000 };

async function main(): Promise<void> {
  printHelpIfRequested(USAGE);
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [action, ...others] = actionsIn(values, positionals.join(' '));
  if (!action || others.length) throw new Error(USAGE);
  const client = createClient(`http://127.0.0.1:${parsePort(values.port)}`);
  const print = (text: string) => void process.stdout.write(`${text}\n`);
  const terminal = { print, width: WIDTH, isColoured: process.stdout.isTTY, timeouts: TIMEOUTS };
  process.exitCode = (await runAction(client, values, action, terminal)) ? 0 : 1;
}

type Values = { press?: string; submit?: string[]; share?: string; 'no-mention': boolean };

function actionsIn({ press, submit, share, 'no-mention': noMention }: Values, text: string): UserAction[] {
  return [
    ...(text ? [{ name: 'say', input: { text, ...(noMention && { mention: false }) } }] : []),
    ...(press === undefined ? [] : [{ name: 'press', input: { label: press } }]),
    ...(submit ? [{ name: 'submit', input: { values: Object.fromEntries(submit.map(pairOf)) } }] : []),
    ...(share === undefined ? [] : [{ name: 'share', input: fileAt(resolveTypedPath(share)) }]),
  ];
}

function pairOf(given: string): [string, string] {
  const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(given) ?? [];
  if (!name) throw new Error(`--submit ${given} is not readable: write name=value.`);
  return [name, value];
}

function fileAt(path: string) {
  const kind = /\.(png|jpe?g|gif|webp)$/i.test(path) ? 'image' : 'file';
  return { name: basename(path), kind, base64: readFileSync(path).toString('base64') };
}

main().catch(exitWithError);
