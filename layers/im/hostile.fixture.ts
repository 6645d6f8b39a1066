import type { Card } from './card';

const CHINESE = '实例运行所在的硬件已降级，请尽快停止并重新启动。'.repeat(450);

/** Words that a description from AWS may contain, or one that a person writes. */
export const HOSTILE = [
  '<!channel> <!here> <!everyone> <@U012345>',
  '<at id=all></at> <at user_id="all">x</at> <at email=a@b.c></at>',
  '<@all> <@zhangsan> @all @所有人 @13800000000',
  '<font color="warning">red</font> <b>x</b> </text>',
  '"quoted" \'single\' \\ back\\slash \\* C:\\new\\table',
  '| a | b |\n| --- | --- |\n| 1 | 2 |',
  'two characters: \\n and \\t and \\u0041',
  '```json\n{"a": [1, 2]}\n```\n~~~\nx\n~~~',
  '[x](javascript:alert(1)) ![y](http://z.example/i.png) [r]: https://z.example',
  '# heading\n> quote\n- item\n+ item\n* item\n1. one\n2) two\n===\n---',
  '*bold* **bold** _it_ __it__ ~s~ ~~s~~ `code` ***x***',
  '&lt;at id=all&gt; &#60;b&#62; &amp;amp; R&D AT&T',
  ':fire: :OK: :DONE: arn:aws:secretsmanager:us-east-1:123456789012:secret:x-1',
  '$x^2$ $$y$$ {{z}} $w$ %s %(a)s',
  'a\u0000b\u0007c\u001b[31md\u2028e\u202ef',
  '\ud83d torn \udd34 surrogates',
  '👨‍👩‍👧‍👦 e\u0301 👍🏽 ☁️',
  '{\n    "indented": {\n\t\t"more":  1\n    }\n}',
  'https://a.example/x_y_z?a=1&b=(2)#c, http://b.example/<c>',
  'ends in a backslash \\',
  CHINESE,
];

const HUGE = 1_000_000;

/** Cards with one part of a million characters, or of tens of thousands of pieces. */
export const MONSTERS: [string, Partial<Card>][] = [
  ['quote', { quote: '硬'.repeat(HUGE) }],
  ['text', { text: '[a](https://'.repeat(HUGE / 12) }],
  ['title', { title: '\u0000'.repeat(HUGE) }],
  ['fact', { facts: [{ label: '*'.repeat(HUGE), value: '_'.repeat(HUGE) }] }],
  ['list of facts', { facts: Array.from({ length: 50_000 }, () => ({ label: '[', value: '\\' })) }],
  ['list of empty facts', { facts: Array.from({ length: 50_000 }, () => ({ label: '', value: '' })) }],
  ['url', { links: [{ label: 'l', url: `https://a.example/${'('.repeat(HUGE)}` }] }],
  ['list of links', { links: Array.from({ length: 20_000 }, () => ({ label: '|', url: 'https://a.example/&' })) }],
  ['list of mentions', { mentions: Array.from({ length: 50_000 }, (_, index) => ({ mobile: `138${index}` })) }],
  ['button', { buttons: [{ label: '`'.repeat(HUGE), command: '\n'.repeat(HUGE) }] }],
  ['form', { form: { command: 'c', submit: 's', fields: [{ name: '<', label: '&'.repeat(HUGE) }] } }],
];

/** A random card, from small to far over every limit. */
export function anyCard(random: () => number, size: number): Card {
  const some = (most: number) => gibberish(random, Math.floor(random() ** 3 * most));
  const list = <T>(make: () => T) => Array.from({ length: Math.floor(random() ** 3 * 60) }, make);
  return {
    title: some(400),
    severity: 'critical',
    summary: { label: some(20), value: some(size / 8) },
    text: some(size),
    facts: list(() => ({ label: some(80), value: some(size / 4) })),
    quote: some(size),
    links: list(() => ({ label: some(90), url: `https://a.example/${some(100).replace(/\s/g, '')}` })),
    buttons: list(() => ({ label: some(30), command: some(60) })),
    mentions: list(() =>
      random() > 0.5 ? { mobile: String(Math.floor(random() * 1e11)) } : { id: some(20), name: some(20) },
    ),
  };
}

/** So many characters of hostile pieces. */
export function gibberish(random: () => number, length: number): string {
  let text = '';
  while (text.length < length) {
    const piece = PIECES[Math.floor(random() * PIECES.length)] ?? '';
    text += piece.repeat(random() > 0.95 ? 1 + Math.floor(random() * 200) : 1);
  }
  return text.slice(0, length);
}

const PIECES = [
  ...HOSTILE.slice(0, -1).flatMap((words) => words.split(/(?<=\s)/)),
  ...'*_[]()<>&"\\\n\t `~#|.-实例告警🔴',
];

/** The same numbers for the same seed: mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
