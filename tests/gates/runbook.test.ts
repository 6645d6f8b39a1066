import { readFileSync } from 'node:fs';
import { metricsInCode } from './metrics.fixture';
import { readTemplate } from './template.fixture';

const readme = readFileSync('README.md', 'utf8');
const { Resources } = readTemplate('template.yaml');
const ofType = (type: string): string[] => Object.keys(Resources).filter((id) => Resources[id]?.Type === type);

/** From one heading to the next of the same rank or a higher one. */
function chapter(heading: string): string {
  const [, rank = ''] = new RegExp(`^(#+) ${heading}$`, 'm').exec(readme) ?? [];
  const [, text = ''] = readme.split(`\n${rank} ${heading}\n`);
  return text.split(new RegExp(`^#{1,${rank.length}} `, 'm'))[0] ?? '';
}

/** The cells of a table's rows. */
const rowsIn = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));

it('the runbook has a row for every alarm: when it is raised and what to do', () => {
  const alarms = rowsIn(chapter('Alarms')).filter(([name]) => /^`/.test(name ?? ''));
  expect(alarms.map(([name]) => name?.replaceAll('`', '')).sort()).toEqual(ofType('AWS::CloudWatch::Alarm').sort());
  for (const cells of alarms) for (const cell of cells) expect(cell).not.toBe('');
});

it('the runbook names every metric, and each dimension but the stack’s', () => {
  const text = chapter('Dashboard');
  for (const metric of metricsInCode()) {
    const [, name = '', dimensions = ''] = /^Casebell (\w+) by (.*)$/.exec(metric) ?? [];
    for (const one of [name, ...dimensions.split(', ')]) expect(text).toContain(`\`${one}\``);
  }
});

it('the runbook names what a deleted stack leaves behind', () => {
  const kept = Object.entries(Resources).filter(
    ([, one]) => (one as { DeletionPolicy?: string }).DeletionPolicy === 'Retain',
  );
  expect(kept.length).toBeGreaterThan(0);
  for (const [id] of kept) expect(chapter('Uninstall')).toContain(`- \`${id}\``);
});

it('the runbook’s commands name existing resources and outputs', () => {
  const [, secret] = /--logical-resource-id (\w+)/.exec(readme) ?? [];
  const [, output] = /OutputKey=='(\w+)'/.exec(readme) ?? [];
  expect(Object.keys(Resources)).toContain(secret);
  expect(Object.keys(readTemplate('template.yaml').Outputs)).toContain(output);
});

it('the cost of each size is the sum of its rows', () => {
  const rows = rowsIn(chapter('What it costs'));
  const all = rows.find(([name]) => name === '**all**')?.slice(1) ?? [];
  const parts = rows.slice(
    2,
    rows.findIndex(([name]) => name === '**all**'),
  );
  expect([all.length, parts.length]).toEqual([3, 7]);
  all.forEach((sum, size) => {
    const added = parts.reduce((total, cells) => total + Number(cells[size + 1]), 0);
    // Every line is rounded to a cent.
    expect(Math.abs(added - Number(sum.replaceAll('*', '')))).toBeLessThan(0.05);
  });
});
