import type { Log } from './log';

interface Line {
  level: 'info' | 'warn' | 'error';
  what: string;
}

/** A log that remembers, for tests that promise a reason. */
export function listeningLog(): Log & { lines: Line[] } {
  const lines: Line[] = [];
  const listen = (level: Line['level']) => (what: string, facts?: object) => void lines.push({ level, what, ...facts });
  return { lines, info: listen('info'), warn: listen('warn'), error: listen('error') };
}
