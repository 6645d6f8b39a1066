import { type Dialect, encodeLinkTarget, formatMarkdown, formatVerbatim, isHttpUrl, parseMarkdown } from './markdown';

const dialect: Dialect = {
  escape: (text) => text.replaceAll('_', '\\_'),
  bold: (text) => `<b>${text}</b>`,
  code: (text) => `<code>${text}</code>`,
  link: (label, url) => `<a ${url}>${label}</a>`,
  newline: '<br>',
};

it('parseMarkdown() reads bold, code, links and items, and leaves the rest plain', () => {
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

it('formatMarkdown() writes tokens in the dialect of the platform', () => {
  expect(formatMarkdown('**a_b**\r\n`c_d`\n- [e_f](https://g.example/h_i)', dialect)).toBe(
    '<b>a\\_b</b><br><code>c_d</code><br>• <a https://g.example/h_i>e\\_f</a>',
  );
});

it.each(['**open', '`open', '[x](javascript:alert(1))', '[x](http://)', '* a', '1. b', '__c'])(
  'formatMarkdown() leaves %s as it is',
  (text) => {
    expect(formatMarkdown(text, { ...dialect, escape: (text) => text })).toBe(text);
  },
);

it('formatVerbatim() turns a bare web address into a link, without the full stop of the sentence', () => {
  expect(formatVerbatim('see https://a.example/b_c?d=(e), f_g', dialect)).toBe(
    'see <a https://a.example/b_c?d=%28e%29>https://a.example/b\\_c?d=(e)</a>, f\\_g',
  );
  expect(formatVerbatim('见https://a.example/b。好', dialect)).toBe(
    '见<a https://a.example/b>https://a.example/b</a>。好',
  );
  expect(formatVerbatim('(https://a.example)', dialect)).toBe('(<a https://a.example>https://a.example</a>)');
});

it('formatVerbatim() links http and https only', () => {
  expect(formatVerbatim('javascript://a.example ftp://b.example https://', dialect)).toBe(
    'javascript://a.example ftp://b.example https://',
  );
  expect(['http://a.b', 'https://a.b/c', 'HTTPS://A.B'].every(isHttpUrl)).toBe(true);
  expect(
    ['javascript:alert(1)', 'https://', 'https://a b', '', `https://a.b/${'c'.repeat(2000)}`].some(isHttpUrl),
  ).toBe(false);
});

it('encodeLinkTarget() encodes the characters that could end a link early', () => {
  expect(encodeLinkTarget('https://a.b/(c)"d"|<e>*`')).toBe('https://a.b/%28c%29%22d%22%7C%3Ce%3E%2A%60');
});

it.each(['[', '[a](https://', '**a', '`', 'https://', '(', '- ', '**'])(
  'formatMarkdown() escapes every character of a megabyte of %j once',
  (half) => {
    const text = half.repeat(1_000_000 / half.length);
    let escapedLength = 0;
    const count = (part: string) => {
      escapedLength += part.length;
      return part;
    };
    formatMarkdown(text, { ...dialect, escape: count });
    expect(escapedLength).toBeLessThanOrEqual(text.length);
  },
);
