import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** By its headings, so that it can be seen which one is of yesterday. */
const chaptersOf = (page: string): Map<string, string> =>
  new Map(page.split(/^## /m).map((chapter) => [chapter.split('\n')[0] ?? '', chapter]));

it('the page on the architecture says what the template, the code and the functions on their way say: else run npm run docs', () => {
  const written = chaptersOf(readFileSync('docs/architecture.md', 'utf8'));
  const now = chaptersOf(execFileSync('node', ['scripts/docs/architecture.mjs', '--print'], { encoding: 'utf8' }));
  expect([...written.keys()]).toEqual([...now.keys()]);
  for (const [heading, chapter] of now) expect(written.get(heading)).toBe(chapter);
}, 60_000);
