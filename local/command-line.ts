import { resolve } from 'node:path';

/** The SDK warns that releases of 2027 will need Node 22; ours are pinned, and the reader of a demo can do nothing about it. */
export const QUIET_SDK = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' } as const;
Object.assign(process.env, QUIET_SDK);

/** `npm start | head` closes the pipe: nobody reads on, which is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

/** Prints how a command is called, and ends it, when that was asked for. */
export function printHelpIfRequested(usage: string): void {
  if (!process.argv.includes('--help')) return;
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}

/** A path as the person meant it who typed it in another folder: npm runs its scripts in the project's own. */
export const resolveTypedPath = (path: string): string => resolve(process.env.INIT_CWD ?? '.', path);

/** Ends a command as its user expects it: a sentence on stderr, no stack, and exit code 1. */
export function exitWithError(error: unknown): never {
  const sentence = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** The stack's one public port on this machine, unless `--port` says otherwise. */
export const DEFAULT_PORT = 4600;

export function parsePort(given: string | undefined): number {
  const port = Number(given ?? DEFAULT_PORT);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`--port ${given} is no port: give a number from 0 (any free one) to 65535.`);
}
