import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwsEvent } from '../../../plugins/formatter';
import { testLocale } from '../../shared/locale.fixture';
import { recordingLog } from '../../shared/log.fixture';
import { compileFormatter, formatEvent, loadFormatters, withBuiltIns } from './formatters';

const locale = testLocale('en');
const event: AwsEvent = {
  id: 'e1',
  source: 'aws.backup',
  'detail-type': 'Backup Job State Change',
  account: '1',
  region: 'us-east-1',
  time: '',
  resources: [],
  detail: { state: 'FAILED' },
};

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'plugins-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}
const plugin = (name: string, format = `() => ({ title: '${name}' })`, pattern = "{ source: ['aws.backup'] }") =>
  `module.exports = { name: '${name}', pattern: ${pattern}, format: ${format} };`;

async function shownBy(...folders: Record<string, string>[]) {
  const log = recordingLog();
  const plugins = await loadFormatters(folders.map(folderOf), log);
  return { log, made: formatEvent(event, withBuiltIns(plugins), locale, log) };
}

it('loadFormatters() orders by folder, then by name', async () => {
  const mine = { 'b.cjs': plugin('mine-b'), 'a.cjs': plugin('mine-a') };
  expect((await shownBy(mine, { 'a.cjs': plugin('shipped') })).made?.formatter).toBe('mine-a');
});

it('loadFormatters() ignores other files', async () => {
  const { made, log } = await shownBy({ 'README.md': '#', 'notes.txt': 'x' });
  expect(made?.formatter).toBe('fallback');
  expect(log.lines).toEqual([]);
});

describe('a broken plugin', () => {
  it.each([
    ['a syntax error', 'module.exports = {'],
    ['a missing import', "require('no-such-package')"],
    ['no default export', ''],
    ['no name', 'module.exports = { pattern: { source: ["aws.backup"] }, format: () => ({ title: "x" }) }'],
    ['no pattern', 'module.exports = { name: "x", format: () => ({ title: "x" }) }'],
    ['a pattern that EventBridge would refuse', plugin('x', undefined, '{ source: "aws.backup" }')],
    ['no format function', 'module.exports = { name: "x", pattern: { source: ["aws.backup"] } }'],
  ])('with %s: is logged by its file name, and the event is shown', async (_what, content) => {
    const { made, log } = await shownBy({ 'broken.cjs': content });
    expect(made?.formatter).toBe('fallback');
    const file = expect.stringContaining('broken.cjs');
    expect(log.lines).toEqual([{ level: 'error', event: 'plugin.load_failed', file, reason: expect.any(String) }]);
  });

  it.each([
    ['throws', '() => { throw new Error("oops") }'],
    ['returns a Promise', 'async () => ({ title: "x" })'],
    ['returns a Promise that fails', 'async () => { throw new Error("later") }'],
    ['throws what cannot be printed', '() => { throw Object.create(null) }'],
    ['returns an empty object', '() => ({})'],
    ['returns null', '() => null'],
  ])('whose format %s: is logged by its name, and the event is shown', async (_what, code) => {
    const { made, log } = await shownBy({ 'broken.cjs': plugin('broken', code) });
    expect(made?.formatter).toBe('fallback');
    expect(log.lines).toEqual([
      expect.objectContaining({ level: 'error', event: 'formatter.failed', formatter: 'broken', id: 'e1' }),
    ]);
  });

  it('does not affect others where a folder is missing', async () => {
    const log = recordingLog();
    const plugins = await loadFormatters(['/no/such/folder', folderOf({ 'a.cjs': plugin('a') })], log);
    expect(plugins.map(({ name }) => name)).toEqual(['a']);
    expect(log.lines).toEqual([expect.objectContaining({ level: 'warn', event: 'plugins.read_failed' })]);
  });

  it('is replaced by the event itself when even the fallback fails', () => {
    const format = () => {
      throw new Error('x');
    };
    const failing = compileFormatter({ name: 'f', pattern: { source: [{ exists: true }] }, format });
    expect(formatEvent(event, [failing], locale, recordingLog())?.card.quote).toContain('"state": "FAILED"');
  });
});

const PATTERN = "pattern: { source: ['aws.backup'] }";

it.each([
  [
    'its default export is compiled to exports.default',
    `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = { name: 'm', ${PATTERN}, format: () => ({ title: 'm' }) };`,
  ],
  [
    'it uses fields of its object',
    `module.exports = { name: 'm', ${PATTERN}, format() { return { title: this.name }; } };`,
  ],
])('a plugin makes the card where %s', async (_, code) => {
  expect((await shownBy({ 'm.cjs': code })).made?.card.title).toBe('m');
});

it('a plugin can suppress an event', async () => {
  expect((await shownBy({ 'quiet.cjs': plugin('quiet', '() => undefined') })).made).toBeUndefined();
});

describe('ready-made cards', () => {
  const own = withBuiltIns([]);
  const made = (source: string, detail: unknown, detailType = 'x') =>
    formatEvent({ ...event, source, 'detail-type': detailType, detail }, own, locale, recordingLog());

  it('are shown unchanged, but cannot mention everyone: an inserted value could', () => {
    const card = { title: 'Deploy', severity: 'resolved', text: '**done**' };
    const mentions = [{ everyone: true }, { id: 'U1' }];
    expect(made('casebell', card)).toEqual({ formatter: 'ready-made', card });
    expect(made('casebell', { ...card, mentions })?.card).toEqual({ ...card, mentions: [{ id: 'U1' }] });
  });

  it('that are malformed are shown by the fallback', () => {
    expect(made('casebell', { title: 7, hint: 'disk full' }, 'Deployment')).toMatchObject({
      formatter: 'fallback',
      card: { title: 'Deployment · 7' },
    });
  });

  it('in AWS’s custom notification schema keep every part', () => {
    const detail = {
      version: '1.0',
      source: 'custom',
      content: { title: 'Disk', description: 'Nearly full', nextSteps: ['Clean', 'Grow'], keywords: ['disk'] },
      metadata: { summary: 'disk at 91%', relatedResources: ['vol-1'], additionalContext: { team: 'db' } },
    };
    const shown = made('custom', detail, 'Custom Notification');
    expect(shown).toMatchObject({
      formatter: 'custom-notification',
      card: { title: 'Disk', quote: 'Nearly full', text: '**Next steps**\n- Clean\n- Grow' },
    });
    expect(shown?.card.facts).toEqual([
      { label: 'Summary', value: 'disk at 91%' },
      { label: 'Resources', value: 'vol-1' },
      { label: 'Keywords', value: 'disk' },
      { label: 'team', value: 'db' },
    ]);
    expect(made('my.app', detail)?.formatter).toBe('custom-notification');
  });
});
