import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The sample events, in the order of their names. */
export const eventFiles = (): string[] =>
  readdirSync('events')
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join('events', name));
