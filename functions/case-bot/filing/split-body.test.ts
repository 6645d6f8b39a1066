import { MAX_BODY_CHARS, splitBody } from './split-body';

const FOOTER = '-- 李雷 (DingTalk group, via Casebell) [CB-7K3M9Q2A]';

it('splitBody() keeps a short text whole, with its footer', () => {
  expect(splitBody('  EC2 连不上 ', FOOTER)).toEqual([`EC2 连不上\n\n${FOOTER}`]);
});

it.each([
  ['8,001 characters', 'x'.repeat(8_001)],
  ['Chinese', '磁盘满了。'.repeat(4_000)],
  ['lines', `${'日志一行 error=1\n'.repeat(3_000)}`],
  ['emoji', '😀'.repeat(9_000)],
])('splitBody() loses nothing of %s, splits no character, and numbers every part', (_name, text) => {
  const bodies = splitBody(text, FOOTER);
  expect(bodies.length).toBeGreaterThan(1);
  for (const [index, body] of bodies.entries()) {
    expect(body.length).toBeLessThanOrEqual(MAX_BODY_CHARS);
    expect(body).toMatch(new RegExp(`\\[CB-7K3M9Q2A\\] \\(${index + 1}/${bodies.length}\\)$`));
    expect(body).not.toMatch(/\p{Cs}/u);
  }
  const whole = bodies.map((body) => body.slice(0, body.lastIndexOf(`\n\n${FOOTER}`))).join('');
  expect(whole).toBe(text.trim());
});

it('splitBody() keeps a text that just fits as one', () => {
  const text = 'x'.repeat(MAX_BODY_CHARS - FOOTER.length - 2);
  expect(splitBody(text, FOOTER)).toHaveLength(1);
  expect(splitBody(`${text}x`, FOOTER)).toHaveLength(2);
});
