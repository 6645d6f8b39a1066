import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const preview = (...words: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/local/preview.js', ...words], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr, lines: stdout.split('\n').filter(Boolean) };
};
function fileOf(content: string, name = 'event.json'): string {
  const file = join(mkdtempSync(join(tmpdir(), 'preview-')), name);
  writeFileSync(file, content);
  return file;
}
const STOPPED = 'events/ec2-stopped.json';

it('preview prints one line of JSON per file and platform', () => {
  const { status, lines } = preview(STOPPED, 'events/sns-plain-text.json', '--json');
  const found = lines.map((line) => JSON.parse(line));
  expect([status, found.length]).toEqual([0, 10]);
  for (const one of found) {
    expect(Object.keys(one)).toEqual(['file', 'platform', 'formatter', 'payload', 'bytes', 'limit', 'parts']);
    expect(Buffer.byteLength(JSON.stringify(one.payload))).toBe(one.bytes);
    expect(one.bytes).toBeLessThanOrEqual(one.limit);
  }
});

it('preview prints all messages of a long card', () => {
  const { lines } = preview('events/health-long-description.json', '--json', '--platform', 'wecom');
  const { parts, rest, bytes } = JSON.parse(lines[0] ?? '');
  expect(rest).toHaveLength(parts - 1);
  for (const payload of rest) expect(Buffer.byteLength(JSON.stringify(payload))).toBeLessThanOrEqual(bytes);
});

it.each([
  ['America/New_York', '2026-09-13 23:12:08 UTC-04:00'],
  ['asia/shanghai', '2026-09-14 11:12:08 UTC+08:00'],
  ['UTC', '2026-09-14 03:12:08 UTC'],
  ['Africa/Abidjan', '2026-09-14 03:12:08 UTC'],
])('preview shows times in %s', (zone, shown) => {
  expect(preview(STOPPED, '--platform', 'slack', '--time-zone', zone).stdout).toContain(shown);
});

it.each([
  [['no-such.json'], /no-such\.json/],
  [['events'], /events/],
  [[STOPPED, '--platform', 'icq'], /icq.*dingtalk/],
  [[STOPPED, '--lang', 'fr'], /fr.*zh-CN or en/],
  [[STOPPED, '--time-zone', 'UTC+8'], /UTC\+8.*IANA/],
  [[STOPPED, '--time-zone', 'Asia/Shangai'], /Asia\/Shangai.*IANA/],
  [[STOPPED, '--plugin', 'no-such.mjs'], /no-such\.mjs/],
  [[STOPPED, '--colour'], /--colour/],
])('preview explains what is wrong with %j in one line, and fails', (words, sentence) => {
  const { status, stderr } = preview(...words);
  expect(status).toBe(1);
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toContain('    at ');
});

it('preview continues with the other files when one cannot be read', () => {
  const { status, stdout } = preview('no-such.json', STOPPED, '--platform', 'slack');
  expect([status, stdout.includes('i-01b27696694cd79d5')]).toEqual([1, true]);
});

it('preview reports an empty event, which is no failure', () => {
  const { status, stdout } = preview(fileOf('  '), '--platform', 'slack');
  expect(status).toBe(0);
  expect(stdout).toContain('no message');
});

describe('a user’s formatter', () => {
  const own = "export default { name: 'own', pattern: { source: ['aws.ec2'] }, format: () => ({ title: 'Mine' }) };";

  it.each(['own.mjs', 'own.cjs'])('is asked before the built-in ones, as a single file %s', (name) => {
    const code = name.endsWith('.cjs') ? own.replace('export default', 'module.exports =') : own;
    const { status, lines } = preview(STOPPED, '--plugin', fileOf(code, name), '--json', '--platform', 'teams');
    expect([status, JSON.parse(lines[0] ?? '').formatter]).toEqual([0, 'own']);
  });

  it.each([
    ['export default {', /own\.mjs/],
    ["import 'no-such-package'; export default {};", /no-such-package/],
    [own.replace('() => (', '() => nowhere('), /nowhere/],
    [own.replace('() =>', 'async () =>'), /promise/],
  ])('that is broken loses no card and is reported: %s', (code, reason) => {
    const { status, stderr, lines } = preview(
      STOPPED,
      '--plugin',
      fileOf(code, 'own.mjs'),
      '--json',
      '--platform',
      'slack',
    );
    expect([status, JSON.parse(lines[0] ?? '').formatter]).toEqual([1, 'ec2-state']);
    expect(stderr).toMatch(reason);
  });
});
