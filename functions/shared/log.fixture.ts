import type { Log } from './log';

interface LogLine {
  level: 'info' | 'warn' | 'error';
  event: string;
}

/** A log that keeps its lines, for tests that check a reason. */
export function recordingLog(): Log & { lines: LogLine[] } {
  const lines: LogLine[] = [];
  const record = (level: LogLine['level']) => (event: string, facts?: object) =>
    void lines.push({ level, event, ...facts });
  return { lines, info: record('info'), warn: record('warn'), error: record('error') };
}
