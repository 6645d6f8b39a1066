import { type Dialect, encodeLinkTarget, formatMarkdown, formatVerbatim, isHttpUrl, parseMarkdown } from './markdown';

const look: Dialect = {
  escape: (text) => text.replaceAll('_', '\\_'),
  bold: (text) => `<b>${text}</b>`,
  code: (text) => `<code>${text}</code>`,
  link: (label, url) => `<a ${url}>${label}</a>`,
  newline: '<br>',
};

it('reads bold, code, links and items, and leaves the rest plain', () => {
  expect(parseMarkdown('- **a** `b` [c](https://d.example)\n- e')).toEqual([
    { kind: 'item' },
    { kind: 'bold', text: 'a' },
    { kind: 'plain', text: ' ' },
    { kind: 'code', text: 'b' },
    { kind: 'plain', text: ' ' },
    { kind: 'link', label: 'c', url: 'https://d.example' },
    { kind: 'plain', text: '\n' },
    { kind: 'item' },
    { kind: 'plain', text: 'e' },
  ]);
});

it('lets each platform say how a token looks', () => {
  expect(formatMarkdown('**a_b**\r\n`c_d`\n- [e_f](https://g.example/h_i)', look)).toBe(
    '<b>a\\_b</b><br><code>c_d</code><br>• <a https://g.example/h_i>e\\_f</a>',
  );
});

it.each(['**open', '`open', '[x](javascript:alert(1))', '[x](http://)', '* a', '1. b', '__c'])(
  'leaves %s as it is',
  (text) => {
    expect(formatMarkdown(text, { ...look, escape: (text) => text })).toBe(text);
  },
);

it('turns a bare web address into a link without touching it, and leaves the sentence its full stop', () => {
  expect(formatVerbatim('see https://a.example/b_c?d=(e), f_g', look)).toBe(
    'see <a https://a.example/b_c?d=%28e%29>https://a.example/b\\_c?d=(e)</a>, f\\_g',
  );
  expect(formatVerbatim('见https://a.example/b。好', look)).toBe(
    '见<a https://a.example/b>https://a.example/b</a>。好',
  );
  expect(formatVerbatim('(https://a.example)', look)).toBe('(<a https://a.example>https://a.example</a>)');
});

it('links http and https only', () => {
  expect(formatVerbatim('javascript://a.example ftp://b.example https://', look)).toBe(
    'javascript://a.example ftp://b.example https://',
  );
  expect(['http://a.b', 'https://a.b/c', 'HTTPS://A.B'].every(isHttpUrl)).toBe(true);
  expect(
    ['javascript:alert(1)', 'https://', 'https://a b', '', `https://a.b/${'c'.repeat(2000)}`].some(isHttpUrl),
  ).toBe(false);
});

it('lets no sign of a url end its link early', () => {
  expect(encodeLinkTarget('https://a.b/(c)"d"|<e>*`')).toBe('https://a.b/%28c%29%22d%22%7C%3Ce%3E%2A%60');
});

it('reads a full message of half-open markup without getting lost in it', () => {
  for (const half of ['[', '[a](https://', '**a', '`', 'https://', '(', '- ', '**']) {
    const text = half.repeat(20_000 / half.length);
    const start = performance.now();
    formatMarkdown(text, look);
    expect(performance.now() - start).toBeLessThan(2_000);
  }
});
