import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CombinedLayers {
  /** The local `/opt`. */
  readonly opt: string;
  remove(): Promise<void>;
}

/**
 * Copies layers into one folder in the given order, so a later file replaces an earlier one (Developer Guide, "Layer paths").
 * @param folders each with a layer's content, e.g. `nodejs/node_modules/...`
 */
export async function combineLayers(folders: readonly string[]): Promise<CombinedLayers> {
  const opt = await mkdtemp(join(tmpdir(), 'casebell-opt-'));
  for (const folder of folders) await cp(folder, opt, { recursive: true, dereference: true });
  return { opt, remove: () => rm(opt, { recursive: true, force: true }) };
}
