const ONES =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen';
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety';
/** Those that multiply what stands before them. */
const UNITS: Readonly<Record<string, number>> = {
  ...{ dozen: 12, hundred: 100, thousand: 1_000, million: 1_000_000 },
  ...{ 十: 10, 百: 100, 千: 1_000, 万: 10_000, 亿: 100_000_000 },
};
const WORDS: Readonly<Record<string, number>> = Object.fromEntries([
  ...ONES.split(' ').map((word, index) => [word, index + 1]),
  ...TENS.split(' ').map((word, index) => [word, (index + 2) * 10]),
  ...['〇零', '一', '二两', '三', '四', '五', '六', '七', '八', '九'].flatMap((signs, value) =>
    [...signs].map((sign) => [sign, value]),
  ),
]);
const WORD = [...Object.keys(WORDS), ...Object.keys(UNITS)].filter((word) => /[a-z]/.test(word)).join('|');
const SIGN = '[〇零一二两三四五六七八九十百千万亿]';

/** `forty-two`, `two hundred and twelve`, `five-minute`; not a part of a name. */
const ENGLISH = new RegExp(
  `(?<![\\w-])(?:a (?=dozen|hundred|thousand))?(?:${WORD})(?:(?:[ -]| and )(?:${WORD}))*(?!\\w|-(?!minute|hour|day|second|week|month|year))`,
  'gi',
);
/** What is counted; without it `一些`, `十分` and `千万` are no numbers. */
const COUNTER =
  '个|台|条|次|秒|分钟|小时|天|[日号]|周|星期|月|年|点|倍|项|家|名|位|人|组|种|类|件|份|层|张|封|笔|单|美元|元|节点|实例|卷|行|步|处|轮|批|成|多|余';
/** Of `十点四十`, with nothing behind them. */
const MINUTES = new RegExp(`(?<=[点时])${SIGN}{2,3}(?!${SIGN})`, 'g');
const CHINESE = new RegExp(`(?<!${SIGN}|[数几\\d]|千上|\\d )${SIGN}{1,12}(?= ?(?:${COUNTER}))`, 'g');
/** `凌晨两点`; `有两点` are two points. */
const HOURS = /(?<=[晨晚午早夜上间至到] ?)[一二两](?=点)/g;
const PERCENT = new RegExp(`百分之(${SIGN}{1,6})`, 'g');
const TENTHS = /([一二两三四五六七八九])成(?![为功本立员果长熟])/g;
/** `数百台`, `dozens of`: cannot be compared. */
const VAGUE = /[数几](?:十|百|千|万)|成千上万|\b(?:dozens|hundreds|thousands|millions)\b/i;
/** Smaller ones are how people talk: one of them, a second one, both. */
const FEWEST = 3;

/**
 * A text with its numbers in digits: `forty` as 40, `二百二十一次` as 221次, `六成` as 60%; so that those can be compared that are written in
 * other ways, and none hides in words.
 * @param fewest smaller ones stay words
 */
export const inDigits = (text: string, fewest = FEWEST): string => {
  const digits = (words: string, value: string): string => (Number.parseInt(value, 10) < fewest ? words : value);
  return text
    .replace(PERCENT, (_, signs: string) => `${chinese(signs)}%`)
    .replace(TENTHS, (_, sign: string) => `${chinese(sign)}0%`)
    .replace(HOURS, (sign) => chinese(sign))
    .replace(MINUTES, (signs) => chinese(signs))
    .replace(CHINESE, (signs) => digits(signs, chinese(signs)))
    .replace(ENGLISH, (words) => digits(words, english(words)));
};

export const isVague = (text: string): boolean => VAGUE.test(text);

const english = (words: string): string => String(total(words.toLowerCase().match(/[a-z]+/g) ?? []));

/** `二〇二七` is a year, and `三四` three or four. */
function chinese(signs: string): string {
  if ([...signs].some((sign) => sign in UNITS)) return String(total([...signs]));
  return [...signs].map((sign) => WORDS[sign]).join(signs.length > 3 ? '' : ' ');
}

/** What is smaller and stands before a unit is multiplied by it. */
function total(words: readonly string[]): number {
  const parts: number[] = [];
  for (const word of words) {
    const unit = UNITS[word];
    if (unit === undefined) parts.push(WORDS[word] ?? 0);
    else {
      let count = 0;
      while ((parts.at(-1) ?? unit) < unit) count += parts.pop() ?? 0;
      parts.push((count || 1) * unit);
    }
  }
  return parts.reduce((sum, part) => sum + part, 0);
}
