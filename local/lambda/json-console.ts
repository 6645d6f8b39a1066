import { formatWithOptions } from 'node:util';

const LEVELS = { debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const;

/**
 * Lambda's JSON log format: every call of `console` is one line with timestamp, level, requestId and message; a lone object
 * stays an object (Developer Guide, "Using Lambda advanced logging controls with Node.js").
 */
export function patchConsole(target: Console, requestId: () => string | undefined): void {
  for (const method of Object.keys(LEVELS) as (keyof typeof LEVELS)[]) {
    target[method] = (...words: unknown[]) => {
      const line = {
        timestamp: new Date().toISOString(),
        level: LEVELS[method],
        requestId: requestId(),
        message: messageOf(words),
      };
      process.stdout.write(`${JSON.stringify(line)}\n`);
    };
  }
}

function messageOf(words: unknown[]): unknown {
  const [first] = words;
  const isLoneObject = words.length === 1 && typeof first === 'object' && first !== null && !(first instanceof Error);
  return isLoneObject ? first : formatWithOptions({ breakLength: Number.POSITIVE_INFINITY }, ...words);
}
