import { readFileSync } from 'node:fs';

const text = readFileSync('README.md', 'utf8').replace(/^```.*?^```/gms, '');
const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

/** The repository shows the README alone: whatever is beside it is not there. */
it('leads to other files by whole addresses only', () => {
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter((target) => !/^https:\/\/|^#/.test(target))).toEqual([]);
});

it('shows no picture that lies beside it', () => {
  const pictures = [...text.matchAll(/!\[[^\]]*\]\(([^)\s]+)|<img[^>]*src="([^"]+)/g)].map(
    ([, one, other]) => one ?? other,
  );
  expect(pictures.filter((target) => !target?.startsWith('https://'))).toEqual([]);
});
