import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A clone of what a release needs, clean, at one commit; and a PATH on which nothing is but node and git. */
let folder: string;
let bin: string;
const WHO = ['-c', 'user.name=tester', '-c', 'user.email=tester@example.com'];
const git = (...args: string[]) => execFileSync('git', [...WHO, ...args], { cwd: folder, encoding: 'utf8' });
const commit = (message: string) => git('commit', '-q', '--allow-empty', '-am', message);

beforeEach(() => {
  const place = mkdtempSync(join(tmpdir(), 'casebell-release-'));
  [folder, bin] = [join(place, 'clone'), join(place, 'bin')];
  for (const one of [folder, bin]) mkdirSync(one);
  symlinkSync(process.execPath, join(bin, 'node'));
  symlinkSync(execFileSync('which', ['git'], { encoding: 'utf8' }).trim(), join(bin, 'git'));
  for (const file of ['package.json', 'template.yaml', 'scripts'])
    cpSync(file, join(folder, file), { recursive: true });
  git('init', '-q');
  git('add', '-A');
  commit('all');
});

afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

function release(...args: string[]): { status: number | null; stderr: string } {
  const script = ['scripts/release.mjs', '--publish', ...args];
  return spawnSync(join(bin, 'node'), script, { cwd: folder, env: { PATH: bin }, encoding: 'utf8' });
}

it('release explains how to install a missing SAM CLI', () => {
  const { status, stderr } = release('--bucket', 'mine');
  expect(stderr).toContain('The SAM CLI is not there: install it (pipx install aws-sam-cli');
  expect(status).toBe(1);
});

it('release rejects a tree without a tagged commit', () => {
  writeFileSync(join(folder, 'template.yaml'), '# changed\n', { flag: 'a' });
  expect(release('--bucket', 'mine').stderr).toContain('The git tree is dirty');
});

it('release rejects a second commit with the same version, and accepts the same commit for another partition', () => {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  git('tag', `v${version}`);
  expect(release('--bucket', 'mine').stderr).not.toContain('tagged');
  commit('later');
  expect(release('--bucket', 'mine').stderr).toContain(`v${version} is already tagged at another commit`);
});

it('release rejects a template of another version', () => {
  const path = join(folder, 'package.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/"version": "[\d.]+"/, '"version": "9.8.7"'));
  commit('by hand');
  expect(release('--bucket', 'mine').stderr).toMatch(/template\.yaml says \d+\.\d+\.\d+, package\.json 9\.8\.7/);
});

it('release requires a bucket', () => {
  expect(release().stderr).toContain('say --bucket BUCKET');
});

it('npm version gives its version to the template in the same commit', () => {
  for (const [key = '', value = ''] of WHO.filter((one) => one !== '-c').map((one) => one.split('=')))
    git('config', key, value);
  execFileSync('npm', ['version', '3.2.1', '--silent'], { cwd: folder });
  expect(readFileSync(join(folder, 'template.yaml'), 'utf8')).toContain('\n    SemanticVersion: 3.2.1\n');
  expect(git('status', '--porcelain')).toBe('');
  expect(git('tag', '--points-at', 'HEAD').trim()).toBe('v3.2.1');
});
