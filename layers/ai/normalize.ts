const SIGNS = '〇一二三四五六七八九';
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1e3, 万: 1e4, 亿: 1e8 };
const NUMERAL = `[${SIGNS}十百千万亿]`;
/** Other ways to write a numeral: spoken, formal, and in numbers that are read sign by sign. */
const VARIANTS = ['零幺两壹贰叁肆伍陆柒捌玖拾', '〇一二一二三四五六七八九十'] as const;
const WORDS = new Map([
  ...numbered('three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen', 3, 1),
  ...numbered('seventeen eighteen nineteen', 17, 1),
  ...numbered('twenty thirty forty fifty sixty seventy eighty ninety', 20, 10),
]);
const WORD = new RegExp(`(?<![\\w-])(?:${[...WORDS.keys()].join('|')})(?![a-z])`, 'gi');
const SCALES: Readonly<Record<string, number>> = { ...UNITS, hundred: 100, thousand: 1e3, million: 1e6 };
/** `千万不要` and `万一` are no numbers. */
const IDIOMS = /^(?:千万|万一|一一|万千)$/;
const PERIOD = '小时|工作日|星期|月|分钟|秒|天|周|年';

const REPLACEMENTS: readonly (readonly [
  pattern: RegExp,
  replacement: (match: string, ...groups: string[]) => string,
])[] = [
  [new RegExp(`[${VARIANTS[0]}]`, 'g'), (sign) => VARIANTS[1][VARIANTS[0].indexOf(sign)] ?? sign],
  // A host name with an ideographic full stop; a sentence may begin in lower case, but not with a domain's ending.
  [/(?<=[\w-])。(?=(?:com|cn|net|org|io|info|xyz|top|dev|app|co)\b)/gi, () => '.'],
  [new RegExp(`百分之(${NUMERAL}+)`, 'g'), (_, signs = '') => `${digitsOf(signs)}%`],
  [new RegExp(`(?<!完)([${SIGNS}])成(?![为功本立员果长熟])`, 'g'), (_, sign = '') => `${digitsOf(sign)}0%`],
  [new RegExp(`(?<![第数几])${NUMERAL}{2,}`, 'g'), (signs) => (IDIOMS.test(signs) ? signs : digitsOf(signs))],
  [new RegExp(`(?<![同某这那第前后每上下])半(?=个?(?:${PERIOD}))`, 'g'), () => '0.5'],
  [new RegExp(`(?<![同某这那第前后每上下])[${SIGNS}](?=个?(?:${PERIOD}))`, 'g'), (sign) => digitsOf(sign)],
  // Smaller numbers are how people talk: one of them, both.
  [/(?<![第其])[三四五六七八九十](?=[个台条次日号倍项家名位人组种类件份张封笔节处点])/g, (sign) => digitsOf(sign)],
  [/(?<=[晨晚午早间至到日号] ?)[一二](?=点)/g, (sign) => digitsOf(sign)],
  [WORD, (word) => String(WORDS.get(word.toLowerCase()))],
  [
    /(?<![\w.])(\d+(?:\.\d+)?) ?(hundred|thousand|million|千|万|亿)(?![a-z])/gi,
    (_, count, scale = '') => String(Number(count) * (SCALES[scale.toLowerCase()] ?? 1)),
  ],
];

/** The text with full-width signs, Chinese numerals and English number words in plain digits, so that numbers can be compared. */
export const normalizeText = (text: string): string =>
  REPLACEMENTS.reduce((done, [pattern, replacement]) => done.replace(pattern, replacement), text.normalize('NFKC'));

/** `二百二十一` is 221, and `二〇二七`, which is read sign by sign, 2027. */
function digitsOf(signs: string): string {
  if (![...signs].some((sign) => sign in UNITS)) return [...signs].map((sign) => SIGNS.indexOf(sign)).join('');
  let [total, section, digit] = [0, 0, 0];
  for (const sign of signs) {
    const unit = UNITS[sign];
    if (unit === undefined) digit = SIGNS.indexOf(sign);
    else if (unit >= 1e4) [total, section, digit] = [(total + section + digit || 1) * unit, 0, 0];
    else [section, digit] = [section + (digit || 1) * unit, 0];
  }
  return String(total + section + digit);
}

function numbered(words: string, first: number, step: number): [string, number][] {
  return words.split(' ').map((word, index) => [word, first + index * step]);
}
