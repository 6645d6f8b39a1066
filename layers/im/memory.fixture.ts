import type { ServerResponse } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export const MEGABYTE = 1024 * 1024;
const CHUNK = Buffer.alloc(64 * 1024, 'x');

/** So many megabytes, the same chunk again and again. */
export async function* megabytes(count: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < count * MEGABYTE; sent += CHUNK.length) yield CHUNK;
}

/** Writes so many megabytes as fast as the reader takes them. */
export async function pour(count: number, response: ServerResponse): Promise<void> {
  for await (const chunk of megabytes(count)) {
    if (!response.write(chunk)) await new Promise((resolve) => response.once('drain', resolve));
  }
  response.end();
}

/** Measures at every 256th look how much memory is in use; `grown` is the largest growth in megabytes. */
export function watchMemory(): { look(): void; grown(): number } {
  setFlagsFromString('--expose_gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const used = () => {
    collectGarbage();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = used();
  let most = before;
  let looks = 0;
  return {
    look: () => {
      if (looks++ % 256 === 0) most = Math.max(most, used());
    },
    grown: () => (most - before) / MEGABYTE,
  };
}
