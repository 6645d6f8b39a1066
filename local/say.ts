import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { exitWithError, parsePort, printHelpIfRequested, resolveTypedPath } from './command-line';
import { openApplicationDoor } from './say/application-door';
import { type Deed, speak } from './say/speak';

const USAGE = `npm run say -- [--platform dingtalk|feishu|slack] [--by NAME] [--talk NAME] [--thread] [--port PORT] WHAT

Says something to the case bot in the application that npm start runs, and prints what it answers. WHAT is one of
  "帮助"  "help"                what to say; in a group to the bot, unless --no-mention
  --press LABEL                 the latest button of this name
  --submit NAME=VALUE ...       the latest form; what is not given stays as it was
  --share FILE                  a file or a picture

Without --talk: where something was said last. With --thread: in the thread of what the bot said last there.`;

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
/** Opening a case takes AWS Support some seconds. */
const PATIENCE = { most: 15_000, next: 3_000 };

async function main(): Promise<void> {
  printHelpIfRequested(USAGE);
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [deed, ...others] = deedsIn(values, positionals.join(' '));
  if (!deed || others.length) throw new Error(USAGE);
  const door = openApplicationDoor(`http://127.0.0.1:${parsePort(values.port)}`);
  const print = (text: string) => void process.stdout.write(`${text}\n`);
  const terminal = { print, width: WIDTH, colour: process.stdout.isTTY, patience: PATIENCE };
  process.exitCode = (await speak(door, values, deed, terminal)) ? 0 : 1;
}

type Values = { press?: string; submit?: string[]; share?: string; 'no-mention': boolean };

function deedsIn({ press, submit, share, 'no-mention': isSilent }: Values, text: string): Deed[] {
  return [
    ...(text ? [{ way: 'say', input: { text, ...(isSilent && { mention: false }) } }] : []),
    ...(press === undefined ? [] : [{ way: 'press', input: { label: press } }]),
    ...(submit ? [{ way: 'submit', input: { values: Object.fromEntries(submit.map(pairOf)) } }] : []),
    ...(share === undefined ? [] : [{ way: 'share', input: fileAt(resolveTypedPath(share)) }]),
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
