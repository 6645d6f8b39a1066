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

it('a later layer replaces files of an earlier layer and keeps its other files', async () => {
  const builtIn = await layer('builtIn', {
    'nodejs/plugins/health.mjs': 'builtIn',
    'nodejs/plugins/ec2.mjs': 'builtIn',
  });
  const users = await layer('users', { 'nodejs/plugins/health.mjs': 'users' });
  const { opt, remove } = await combineLayers([builtIn, users]);
  const read = (name: string): Promise<string> => readFile(join(opt, 'nodejs/plugins', name), 'utf8');
  expect([await read('health.mjs'), await read('ec2.mjs')]).toEqual(['users', 'builtIn']);
  await remove();
  await expect(read('ec2.mjs')).rejects.toThrow('ENOENT');
});
