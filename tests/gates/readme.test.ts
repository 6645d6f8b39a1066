import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readTemplate } from './template.fixture';

const template = readTemplate('template.yaml');
const README = 'README.md';
const PAGES = [README, 'docs/encryption.md', 'functions/case-bot/README.md', 'plugins/README.md'];
/** In the application repository the README stands alone, so it leads by whole addresses to the files of this one. */
const OURS = 'https://github.com/casebell/casebell/blob/main/';
const text = (page: string): string => readFileSync(page, 'utf8');
const rows = text(README)
  .split('\n')
  .filter((line) => line.startsWith('| `'));

/** What the page's tables say of a parameter, cell by cell. */
const cellsOf = (name: string): string[] =>
  rows.map((row) => row.split(/(?<!\\)\|/).map((cell) => cell.trim())).find(([, first]) => first === `\`${name}\``) ??
  [];

it.each(Object.entries(template.Parameters))(
  'the README describes the parameter %s with its default',
  (name, parameter) => {
    const [, , standard = 'none', about = ''] = cellsOf(name);
    const { Default: given = '' } = parameter as { Default?: string | number };
    expect(standard).toBe(given === '' ? '' : `\`${given}\``);
    expect(about).not.toBe('');
  },
);

it.each(Object.keys(template.Outputs))('the README describes the output %s', (name) => {
  expect(text(README)).toContain(`\`${name}\``);
});

it.each(PAGES)('the links of %s lead to existing files and headings', (page) => {
  const all = [...text(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  const targets = all.filter((target) => target.startsWith(OURS) || !/^https?:/.test(target));
  expect(targets.length).toBeGreaterThan(0);
  for (const target of targets) {
    const [file = '', anchor] = target.replace(OURS, '').split('#');
    const folder = target.startsWith(OURS) ? '.' : dirname(page);
    const where = file ? join(folder, file) : page;
    expect([target, existsSync(where)]).toEqual([target, true]);
    if (anchor) expect(anchorsOf(text(where))).toContain(anchor);
  }
});

it('the pages name only existing npm scripts', () => {
  const { scripts } = JSON.parse(text('package.json'));
  const spoken = PAGES.flatMap((page) => [...text(page).matchAll(/npm run ([\w-]+)/g)].map(([, name = '']) => name));
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining([...new Set(spoken)]));
});

/** As GitHub makes them of headings. */
const anchorsOf = (page: string): string[] =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
