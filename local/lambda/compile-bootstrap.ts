import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles `bootstrap.ts` into a temporary folder, as the build does into `dist/local`, and returns the file's path. */
export async function compileBootstrap(): Promise<string> {
  const outfile = join(await mkdtemp(join(tmpdir(), 'casebell-bootstrap-')), 'bootstrap.js');
  const entry = join(__dirname, 'bootstrap.ts');
  await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20' });
  return outfile;
}
