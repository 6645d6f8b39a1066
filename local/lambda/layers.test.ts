import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { combineLayers } from './layers';

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'casebell-layers-'));
});

afterAll(() => rm(home, { recursive: true }));

async function layer(name: string, files: Record<string, string>): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(home, name, path)), { recursive: true });
    await writeFile(join(home, name, path), text);
  }
  return join(home, name);
}

it('lays a later layer over an earlier one, and keeps what only the earlier one has', async () => {
  const ours = await layer('ours', { 'nodejs/plugins/health.mjs': 'ours', 'nodejs/plugins/ec2.mjs': 'ours' });
  const theirs = await layer('theirs', { 'nodejs/plugins/health.mjs': 'theirs' });
  const { opt, remove } = await combineLayers([ours, theirs]);
  const read = (name: string): Promise<string> => readFile(join(opt, 'nodejs/plugins', name), 'utf8');
  expect([await read('health.mjs'), await read('ec2.mjs')]).toEqual(['theirs', 'ours']);
  await remove();
  await expect(read('ec2.mjs')).rejects.toThrow('ENOENT');
});
