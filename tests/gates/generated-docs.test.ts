import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** By its headings, so that it can be seen which one is of yesterday. */
const chaptersOf = (page: string): Map<string, string> =>
  new Map(page.split(/^## /m).map((chapter) => [chapter.split('\n')[0] ?? '', chapter]));

it.each([
  ['architecture', 'the template, the code and the recorded calls'],
  ['cards', 'the formatters and the platforms'],
])(
  'docs/%s.md says what %s: else run npm run docs',
  (name) => {
    const written = chaptersOf(readFileSync(`docs/${name}.md`, 'utf8'));
    const now = chaptersOf(execFileSync('node', [`scripts/docs/${name}.mjs`, '--print'], { encoding: 'utf8' }));
    expect([...written.keys()]).toEqual([...now.keys()]);
    for (const [heading, chapter] of now) expect(written.get(heading)).toBe(chapter);
  },
  60_000,
);
