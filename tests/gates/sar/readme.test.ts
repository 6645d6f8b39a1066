import { readFileSync } from 'node:fs';

const text = readFileSync('README.md', 'utf8').replace(/^```.*?^```/gms, '');
const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

/** The repository shows the README alone: whatever is beside it is not there. */
it('the README links to other files by absolute URLs only', () => {
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter((target) => !/^https:\/\/|^#/.test(target))).toEqual([]);
});

it('the README has no relative pictures', () => {
  const pictures = [...text.matchAll(/!\[[^\]]*\]\(([^)\s]+)|<img[^>]*src="([^"]+)/g)].map(
    ([, one, other]) => one ?? other,
  );
  expect(pictures.filter((target) => !target?.startsWith('https://'))).toEqual([]);
});
