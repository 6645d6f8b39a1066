import { resolve } from 'node:path';

/** Hides the SDK's warning that releases of 2027 need Node 22: the versions are pinned. */
export const QUIET_SDK = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' } as const;
Object.assign(process.env, QUIET_SDK);

/** `npm start | head` closes the pipe, which is not an error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

/** Prints the usage and exits if the command line contains --help. */
export function printHelpIfRequested(usage: string): void {
  if (!process.argv.includes('--help')) return;
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}

/** Resolves a path in the folder where the command was typed: npm runs scripts in the project's folder. */
export const resolveTypedPath = (path: string): string => resolve(process.env.INIT_CWD ?? '.', path);

/** Exits with code 1 after a message on stderr without a stack trace. */
export function exitWithError(error: unknown): never {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

export const DEFAULT_PORT = 4600;

export function parsePort(given: string | undefined): number {
  const port = Number(given ?? DEFAULT_PORT);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new Error(`--port ${given} is not a port: give a number from 0 (any free port) to 65535.`);
}
